// Owns the English words around replays: loaded with the first one, not with the first picture.
const minutesAndSeconds = (timeMs: number): string => {
  const seconds = Math.floor(timeMs / 1000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor((seconds % 3600) / 60), 'minute'],
    [seconds % 60, 'second'],
  ];
  const spoken = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  return spoken.join(' ') || '0 seconds';
};

export const replayEn = {
  watch: 'Watch the replay',
  again: 'Watch again',
  from: (time: string) => `from ${time}`,
  fromStart: 'From the beginning',
  length: (time: string) => `${time} long`,
  play: 'Play',
  pause: 'Pause',
  back: 'Back 10 seconds',
  ahead: 'Ahead 10 seconds',
  seek: 'Where in the show',
  /** For a screen reader: where the bar stands. */
  spoken: (timeMs: number, lengthMs: number, product: string) => `${minutesAndSeconds(timeMs)} of ${minutesAndSeconds(lengthMs)}${product ? `, ${product}` : ''}`,
  speed: (rate: string) => `Speed ${rate}`,
  mute: 'Sound off',
  unmute: 'Sound on',
  chapters: 'Products',
  chaptersTitle: 'Shown in this replay',
  playing: 'Playing',
  watchAt: (time: string) => `Watch ${time}`,
  /** For a screen reader: says what can be seen on the button, and of what. */
  watchProductAt: (name: string, seen: string) => `${seen}: ${name}`,
  share: 'Share this moment',
  shareAt: (time: string) => `This link opens the show at ${time}.`,
  counting: 'Being counted',
  copy: 'Copy the link',
  copied: 'Copied',
  send: 'Send it to somebody',
  link: 'Link',
  clip: (name: string) => `Save the clip: ${name}`,
  close: 'Close',
  failedTitle: 'The replay does not play',
  failedHint: 'Check the network and try again.',
  unsupported: 'This browser cannot play the replay. Try Chrome or Safari.',
};

export type ReplayMessages = typeof replayEn;
