// Owns what of hls.js comes into the build: fragmented MP4 with separate sound at low latency, and nothing that no show here needs.
import type { Plugin } from 'vite';

/** Other containers, subtitles, encryption, advertisements, reports. Not the parts that the light build lacks and a show needs: separate sound. */
const leftOut = [
  'AACDemuxer',
  'AC3Demuxer',
  'CapLevelController',
  'CMCDController',
  'ContentSteeringController',
  'EMEController',
  'FPSController',
  'ID3TrackController',
  'IFrameController',
  'InterstitialsController',
  'MP3Demuxer',
  'MP4Remuxer',
  'SubtitleStreamController',
  'SubtitleTrackController',
  'TSDemuxer',
  'TimelineController',
];
const unusedSettings = /^( {2}(?:capLevel|cmcd|contentSteering|eme|fps|id3Track|iframe|interstitials|subtitleStream|subtitleTrack|timeline)Controller): \w+/gm;

/** Edits the package's own, unminified module by its top-level names. Fails loudly when another version is written otherwise. */
export function leanHls(): Plugin {
  return {
    name: 'fieldcast-lean-hls',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/hls.js/dist/hls.mjs')) return null;
      const cut = (source: string, pattern: RegExp, by: string, count: number): string => {
        const found = source.match(pattern)?.length ?? 0;
        if (found < count) throw new Error(`hls.js is not written as this build expects: ${pattern}`);
        return source.replace(pattern, by);
      };
      let lean = code;
      for (const name of leftOut) lean = cut(lean, new RegExp(`^class ${name}(?: extends \\w+)? \\{\\n[\\s\\S]*?^\\}$`, 'gm'), `class ${name} {}`, 1);
      lean = cut(lean, unusedSettings, '$1: undefined', 11);
      lean = cut(lean, /, \{\n {2}demux: (?:TS|AAC|MP3)Demuxer,\n {2}remux: MP4Remuxer\n\}/g, '', 3);
      lean = cut(lean, /^\{\n {2}muxConfig\.splice[\s\S]*?^\}$/gm, '', 1);
      lean = cut(lean, /^\s*(?:this|logger|hls|this\.hls)\.(?:logger\.)?(?:log|debug|warn|trace)\(`.*`\);$/gm, '', 100);
      return { code: lean, map: null };
    },
  };
}
