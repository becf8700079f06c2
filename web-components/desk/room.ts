// Owns what the desk needs of a show: a connection of staff, and who it is. Hosts and operators choose helpers besides.
import type { StaffRoom } from '../show/index.ts';

export type DeskRoom = Omit<StaffRoom, 'client'> & { readonly client: Pick<StaffRoom['client'], 'call' | 'on'> };
