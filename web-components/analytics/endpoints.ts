// Owns what of the endpoints these elements need in order to call them: without their schemas, which are more than the elements themselves.
import type * as analytics from '../../server/protocol/endpoints/analytics.ts';
import type { listShows as List } from '../../server/protocol/endpoints/shows.ts';

/** Typed as the protocol's; a test holds the paths to be the same. */
const get = <E>(path: string, produces?: string): E => ({ method: 'GET', path, response: true, ...(produces ? { produces } : {}) }) as E;
const ofShow = '/api/v1/analytics/shows/{showId}';

export const readLiveFigures = get<typeof analytics.readLiveFigures>(`${ofShow}/live`);
export const readShowReport = get<typeof analytics.readShowReport>(ofShow);
export const readTrend = get<typeof analytics.readTrend>(`${ofShow}/minutes`);
export const readSellerFigures = get<typeof analytics.readSellerFigures>('/api/v1/analytics/sellers/{sellerId}');
export const exportFiguresCsv = get<typeof analytics.exportFiguresCsv>(`${ofShow}/export.csv`, 'text/csv; charset=utf-8');
export const exportFiguresJson = get<typeof analytics.exportFiguresJson>(`${ofShow}/export.jsonl`, 'application/jsonl');
export const listShows = get<typeof List>('/api/v1/shows');
