// Owns the export list of publishing.
export { Camera, type CameraOptions, type Facing } from './camera.ts';
export { CaptureError, type CaptureReason } from './capture-error.ts';
export { detectInAppBrowser, type InAppBrowser } from './in-app-browser.ts';
export { chooseCodec, LEAST_UPLINK_KBPS, TWO_LAYERS_FROM_KBPS, type DeviceFacts } from './layers.ts';
export { openLevelMeter, type LevelMeter, type Loudness } from './level-meter.ts';
export { LongShow, type PhoneAdvice } from './long-show.ts';
export { MicrophoneWatch } from './microphone-watch.ts';
export { watchNetwork } from './network-watch.ts';
export { captureFacts, isHeldUpright, lockUpright, readBattery, watchBattery, watchPressure, watchUpright, type BatteryState, type Pressure } from './phone.ts';
export { canGoLive, checkIds, judgePreflight, VOICE_PEAK, type Check, type CheckId, type CheckReason, type PreflightFacts, type Verdict } from './preflight.ts';
export { Publisher, type PublisherOptions, type PublisherState, type StartOptions } from './publisher.ts';
export type { RecoveryStep } from './recovery-ladder.ts';
export type { ConnectionState, Kind, OpenSendPath, SendPath, SendPathOptions } from './send-path.ts';
export { judgeQuality, readSenderStats, type Quality, type SenderStats } from './sender-stats.ts';
export type { Joined, Signalling } from './signalling.ts';
export { probeUplink, type UplinkProbeOptions } from './uplink-probe.ts';
export { keepAwake } from './wake-lock.ts';
