// Owns the English words around a show without its picture: the code at the gate, waiting for the start or for room, sound alone, what is being done about a lost connection; sharing, use of data.

export const lobbyEn = {
  gate: {
    title: 'Enter your code',
    forShow: (title: string) => `“${title}” is for invited guests.`,
    code: 'Code from your invitation',
    enter: 'Watch the show',
    entering: 'One moment…',
    empty: 'Type the code from your invitation first.',
    short: 'A code has at least 6 letters or digits.',
    hint: 'Large or small letters and spaces make no difference. You enter it once on this device.',
    wait: (seconds: number) => `Too many tries. Try again in ${seconds} s.`,
    siteTitle: 'Not on this page',
    siteHint: 'The organiser shows this on other pages only. Open it by the link you were given.',
  },
  /** Where there is no picture to come, and the server can be asked. */
  standing: {
    planned: ['Starting soon', 'You can already look at the shelf and order.'],
    plannedAt: (when: string) => `The show starts ${when}.`,
    ended: ['The show has ended', 'Thank you for watching. You can still order from the shelf.'],
    'not-found': ['There is no such show', 'The address may be mistyped, or the show was removed.'],
    blocked: ['The picture does not get through', 'This network holds it back. We keep trying; another Wi-Fi or mobile data may help. You can order all the same.'],
    unsupported: ['This browser cannot play the show', ''],
  },
  waiting: {
    soon: 'It starts any moment now',
    late: 'The host is getting ready',
    calendar: 'Add to calendar',
  },
  share: {
    share: 'Share',
    copied: 'Link copied',
    byHand: 'Copy this link',
    failed: 'The link could not be fetched. Try again.',
  },
  /** While there is sound alone: what is so, and what comes of it. */
  stills: {
    network: ['Picture paused: the seller’s network is weak', 'The sound goes on. The picture comes back by itself.'],
    hidden: ['The host has switched the camera off', 'The sound goes on.'],
    voice: ['Sound without a picture', 'The host is sending sound only.'],
    room: ['Sound only for now', 'Many are watching. The picture comes back when there is room.'],
    saving: ['Sound only, to save data', 'For the picture change “Data use” above.'],
  },
  recovery: {
    offline: ['No network', 'The show goes on by itself as soon as the network is back. Your cart is safe.'],
    restarting: ['The server is restarting', 'It takes a few seconds. Nothing is lost.'],
    joining: ['Connecting again…', 'Your cart is safe. You can go on shopping.'],
    picture: ['Getting the picture again…', 'Your cart is safe. You can go on shopping.'],
    otherWay: ['Trying another way…', 'The picture may come a few seconds late. You can go on shopping.'],
    beside: ['The picture goes on', 'Prices and chat are being connected again.'],
  },
  away: {
    title: 'Back soon',
    hint: (host: string) => `${host} has stepped away for a moment.`,
    waits: (time: string) => `The show waits another ${time}.`,
    next: 'It goes on here by itself. The shelf stays open.',
    last: 'If nobody comes back, the show ends. You can order all the same.',
  },
  queue: {
    next: 'You are next',
    ahead: (count: number) => `${count} ahead of you`,
    hint: 'So many are watching that every place is taken. You come in by yourself; keep this page open.',
    shelf: 'You can already look at the shelf and order.',
  },
  data: {
    title: 'Data use',
    close: 'Close',
    auto: 'Automatic',
    autoHint: 'The best picture that fits',
    save: 'Save data',
    saveHint: 'A small picture',
    sound: 'Sound only',
    soundHint: 'Pictures of the products instead',
    per: 'in 10 minutes',
    about: (mb: string) => `about ${mb} MB`,
    upTo: (mb: string) => `up to ${mb} MB`,
    now: (mb: string) => `Now ${mb} MB in 10 minutes`,
    soFar: (mb: string) => `${mb} MB so far`,
    measuring: 'Measuring…',
    unknown: 'This browser does not tell how much it loads.',
    oneSize: 'The way the picture comes here has one size only. Sound only saves data.',
    asked: 'Your browser is set to save data: that is why the picture is small at first.',
    kept: 'Remembered on this device.',
  },
  timeLeft: {
    label: (text: string) => `Starts in ${text}`,
    days: (count: number): string => (count === 1 ? 'day' : 'days'),
    hours: 'h',
    minutes: 'min',
    seconds: 's',
  },
};

/** The shape of the lobby's catalogue. */
export type LobbyMessages = typeof lobbyEn;
