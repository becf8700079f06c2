// Owns the sound and the shake of a new order. Two notes made on the spot: no file to load over a slow link.

const NOTES_HZ = [880, 1318.5] as const;
const NOTE_S = 0.18;

export class Chime {
  #context: AudioContext | null = null;

  /** Browsers let a page sound only after a tap; call it in one. A page that uses the microphone may sound without. */
  unlock(): void {
    this.#context ??= new AudioContext();
    if (this.#context.state === 'suspended') void this.#context.resume().catch(() => undefined);
  }

  ring(): void {
    this.unlock();
    const context = this.#context;
    if (context?.state === 'running') {
      NOTES_HZ.forEach((hz, index) => {
        const at = context.currentTime + index * NOTE_S;
        const note = context.createOscillator();
        const volume = context.createGain();
        note.type = 'triangle';
        note.frequency.value = hz;
        volume.gain.setValueAtTime(0.0001, at);
        volume.gain.exponentialRampToValueAtTime(0.5, at + 0.02);
        volume.gain.exponentialRampToValueAtTime(0.0001, at + NOTE_S * 2);
        note.connect(volume).connect(context.destination);
        note.start(at);
        note.stop(at + NOTE_S * 2);
      });
    }
    navigator.vibrate?.([140, 70, 140]);
  }

  close(): void {
    void this.#context?.close();
    this.#context = null;
  }
}
