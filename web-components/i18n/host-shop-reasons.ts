// Owns the reasons for which a shop's own cart has something to say, as every language has to know them.

export type HostNoticeReason = 'out-of-stock' | 'limit-reached' | 'not-found' | 'sign-in' | 'unavailable' | 'timeout' | 'off' | 'not-loaded';
