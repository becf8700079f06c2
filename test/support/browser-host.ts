// Owns a host in real Chromium who sends straight into a stream, or to a server by WHIP: once a second the picture flashes white while a tone sounds.
import type { Browser, Page } from 'playwright-core';
import { openWhip } from '../../server/media/ingest/whip.ts';
import type { Stream } from '../../server/media/index.ts';

export interface HostOptions {
  width?: number;
  height?: number;
  codec?: 'video/H264' | 'video/VP8';
  hasAudio?: boolean;
  /** Sends a second layer of a third of the size. */
  isSimulcast?: boolean;
}

export class BrowserHost {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Resolves when the connection stands. */
  static open(browser: Browser, stream: Stream, options: HostOptions = {}): Promise<BrowserHost> {
    return BrowserHost.#open(browser, async (sdp) => (await openWhip(stream, sdp)).answer, options);
  }

  /** By WHIP to a server. Resolves when the connection stands. @param url of the endpoint */
  static whip(browser: Browser, url: string, token: string): Promise<BrowserHost> {
    const exchange = async (body: string) => {
      const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/sdp', authorization: `Bearer ${token}` }, body });
      const text = await answer.text();
      if (answer.status !== 201) throw new Error(`WHIP: ${answer.status} ${text}`);
      return text;
    };
    return BrowserHost.#open(browser, exchange, {});
  }

  static async #open(browser: Browser, exchange: (sdp: string) => Promise<string>, options: HostOptions): Promise<BrowserHost> {
    const page = await browser.newPage();
    await page.exposeFunction('exchange', exchange);
    await page.evaluate(send, { width: 640, height: 360, codec: 'video/H264', hasAudio: true, isSimulcast: false, ...options } as Required<HostOptions>);
    return new BrowserHost(page);
  }

  /** Another size of the picture on the same track, as a phone under load does it. */
  async scale(by: number): Promise<void> {
    await this.page.evaluate((factor) => (window as unknown as HostWindow).host.scale(factor), by);
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

interface HostWindow {
  host: { scale(by: number): Promise<void> };
  exchange(sdp: string): Promise<string>;
}

// Runs in the page, so it uses nothing from here.
async function send({ width, height, codec, hasAudio, isSimulcast }: Required<HostOptions>): Promise<void> {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const gate = audio.createGain();
  gate.gain.value = 0;
  tone.frequency.value = 1_000;
  const out = audio.createMediaStreamDestination();
  tone.connect(gate).connect(out);
  tone.start();
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  let isOn = false;
  setInterval(() => {
    const now = Date.now();
    const shouldBeOn = now % 1_000 < 200;
    if (shouldBeOn !== isOn) {
      isOn = shouldBeOn;
      gate.gain.setValueAtTime(isOn ? 0.5 : 0, audio.currentTime);
    }
    // A third of the picture: the encoder takes a larger change for another scene and makes a key frame.
    context.fillStyle = '#333';
    context.fillRect(0, 0, width, height);
    context.fillStyle = isOn ? '#fff' : '#000';
    context.fillRect(0, 0, width / 3, height);
    context.fillStyle = '#888';
    context.fillRect((now / 5) % width, height / 2, width / 10, height / 10);
  }, 20);

  const peer = new RTCPeerConnection();
  const [video] = canvas.captureStream(25).getVideoTracks() as [MediaStreamTrack];
  const layers = [{ rid: 'l', scaleResolutionDownBy: 3, maxBitrate: 150_000 }, { rid: 'h', maxBitrate: 1_000_000 }];
  // Else a busy machine makes the picture smaller in the middle of a test.
  video.contentHint = 'detail';
  const { sender } = peer.addTransceiver(video, { direction: 'sendonly', sendEncodings: isSimulcast ? layers : [{ maxBitrate: 1_000_000 }] });
  const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
  const isWanted = ({ mimeType, sdpFmtpLine = '' }: { mimeType: string; sdpFmtpLine?: string }) =>
    mimeType === codec && (codec !== 'video/H264' || (sdpFmtpLine.includes('42e01f') && sdpFmtpLine.includes('packetization-mode=1')));
  peer.getTransceivers()[0]?.setCodecPreferences(codecs.filter(isWanted));
  if (hasAudio) peer.addTransceiver(out.stream.getAudioTracks()[0] as MediaStreamTrack, { direction: 'sendonly' });
  await peer.setLocalDescription();
  await new Promise<void>((resolve) => {
    if (peer.iceGatheringState === 'complete') resolve();
    else peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve();
  });
  const host = window as unknown as HostWindow;
  await peer.setRemoteDescription({ type: 'answer', sdp: await host.exchange(peer.localDescription?.sdp ?? '') });
  await new Promise<void>((resolve) => {
    peer.onconnectionstatechange = () => peer.connectionState === 'connected' && resolve();
    if (peer.connectionState === 'connected') resolve();
  });
  host.host = {
    async scale(by) {
      const parameters = sender.getParameters();
      for (const encoding of parameters.encodings) encoding.scaleResolutionDownBy = by;
      await sender.setParameters(parameters);
    },
  };
}
