// Owns how a show in real pages comes through what happens to servers and networks. Run by `npm run bench -- resilience`, about 12 minutes;
// parts of it by `--only=kills,cuts,address,loss,uplink,udp`.
import { YIELDING_NICENESS } from '../support/browser.ts';
import { blockedUdp } from './resilience/blocked-udp.ts';
import { cuts, type CutsPlan } from './resilience/cuts.ts';
import { FrailShow } from './resilience/frail-show.ts';
import { heavyLoss, type LossPlan } from './resilience/heavy-loss.ts';
import { kills, type KillsPlan } from './resilience/kills.ts';
import { newAddress } from './resilience/new-address.ts';
import { steppedUplink, type SteppedUplinkPlan } from './resilience/stepped-uplink.ts';
import { atLeast, atMost, type Figure } from './support/figure.ts';

export interface ResiliencePlan {
  kills: KillsPlan;
  /** Of the shows on bad networks. */
  viewers: number;
  cuts: CutsPlan;
  address: { rounds: number };
  loss: LossPlan;
  uplink: SteppedUplinkPlan;
  udp: { starts: number };
}

const FULL: ResiliencePlan = {
  kills: { workerKills: 10, serverKills: 10, viewers: 2 },
  viewers: 2,
  cuts: {
    cuts: [
      { ms: 10_000, rounds: 5, goalMs: 3_000 },
      { ms: 60_000, rounds: 2, goalMs: 5_000 },
    ],
  },
  address: { rounds: 8 },
  loss: { forMs: 15_000, referenceMs: 8_000 },
  uplink: { wideKbps: 1_500, thinKbps: 300, settlesMs: 25_000, thinMs: 30_000 },
  udp: { starts: 3 },
};

const SETTINGS = { FIELDCAST_WORKERS: '1', FIELDCAST_LOG_LEVEL: 'error' };
const EVENT_LOOP_MS = 50;

export async function bench(plan: ResiliencePlan = FULL): Promise<Figure[]> {
  console.log(`The pages run at niceness ${YIELDING_NICENESS}: phones are machines of their own and take no time from the server's cores.`);
  const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length).split(',');
  const isAsked = (part: string): boolean => only?.includes(part) ?? true;
  const figures: Figure[] = isAsked('kills') ? await kills(plan.kills, SETTINGS) : [];
  const parts: Record<string, (show: FrailShow) => Promise<Figure[]>> = {
    cuts: (show) => cuts(show, plan.cuts),
    address: (show) => newAddress(show, plan.address),
    loss: (show) => heavyLoss(show, plan.loss),
    udp: (show) => blockedUdp(show, plan.udp),
    uplink: (show) => steppedUplink(show, plan.uplink),
  };
  const asked = Object.keys(parts).filter(isAsked);
  if (asked.length === 0) return figures;
  return FrailShow.during(plan.viewers, SETTINGS, async (show) => {
    await show.eventLoopP99Ms();
    for (const part of asked) {
      console.log(`${new Date().toISOString().slice(11, 19)} ${part}`);
      try {
        figures.push(...(await (parts[part] as (show: FrailShow) => Promise<Figure[]>)(show)));
      } catch (error) {
        // The parts after it are worth their time all the same.
        console.error(error);
        figures.push(atLeast(`${part}: ran to its end`, 0, '', 1));
        for (const { network } of [show.host, ...show.viewers]) network.clear();
      }
    }
    return [...figures, atMost('event loop of the server meanwhile, p99', await show.eventLoopP99Ms(), 'ms', EVENT_LOOP_MS)];
  });
}
