// Owns the English words of the guided practice, as they are read and as they are said aloud. `FirstStepsMessages` is the shape of all languages.

type TaskName = 'see' | 'hello' | 'pin' | 'price' | 'order';
type GoodId = 'apples' | 'pears' | 'honey';
type ScreenName = 'see.place' | 'see.look' | 'hello.speak' | 'pin.tap' | 'pin.shown' | 'price.tap' | 'price.type' | 'price.shown' | 'order.comes' | 'order.take' | 'order.done';

export interface FirstStepsMessages {
  tile: string;
  tileHint: string;
  tileAgain: string;
  failed: string;
  retry: string;
  label: string;
  close: string;
  undo: string;
  hear: string;
  next: string;
  step: (number: number, all: number) => string;
  tasks: Record<TaskName, string>;
  goods: Record<GoodId, string>;
  /** `say` is said aloud and read; `do` is the button, where there is one. */
  screens: Record<ScreenName, { say: string; do: string }>;
  camera: string;
  cameraFailed: string;
  without: string;
  seen: string;
  speakNow: string;
  heard: string;
  saidIt: string;
  level: string;
  show: (good: string) => string;
  change: (price: string) => string;
  buyer: string;
  buys: (quantity: number, good: string) => string;
  take: string;
  taken: string;
  finished: string;
  finishedHint: string;
  ready: string;
  again: string;
}

export const firstStepsEn: FirstStepsMessages = {
  tile: 'First steps',
  tileHint: 'Five small things to try. Nobody sees it.',
  tileAgain: 'You have done it. Once more?',
  failed: 'This did not load. Check the connection.',
  retry: 'Try again',
  label: 'First steps',
  close: 'Stop practising',
  undo: 'Undo',
  hear: 'Hear it again',
  next: 'Next',
  step: (number, all) => `${number} of ${all}`,
  tasks: { see: 'See yourself', hello: 'Say hello', pin: 'Show your goods', price: 'Change a price', order: 'Answer an order' },
  goods: { apples: 'Apples, 5 kg box', pears: 'Pears, 5 kg box', honey: 'Honey, 500 g jar' },
  screens: {
    'see.place': { say: 'Put your phone upright, one arm away from you. Lean it on a box.', do: 'It stands' },
    'see.look': { say: 'Tap the green button. If the phone asks, tap Allow. Then you see yourself.', do: 'I see myself' },
    'hello.speak': { say: 'Now say loudly: Hello everybody, I grow apples!', do: 'Next' },
    'pin.tap': { say: 'Which goods are you talking about? Tap one, and it is large before all buyers.', do: '' },
    'pin.shown': { say: 'This is what buyers see now. The goods are in front.', do: 'Next' },
    'price.tap': { say: 'You can change the price while you talk. Tap the price.', do: '' },
    'price.type': { say: 'Type the new price, then tap the green button.', do: '' },
    'price.shown': { say: 'All buyers see the new price at once.', do: 'Next' },
    'order.comes': { say: 'It rings: somebody buys from you! Tap the order.', do: '' },
    'order.take': { say: 'Read what they want. Do you have it? Then tap “I take it”.', do: '' },
    'order.done': { say: 'Done. The buyer knows that you will send it.', do: 'Finish' },
  },
  camera: 'Show me',
  cameraFailed: 'The camera does not open. Tap the lock beside the address and allow camera and microphone. You can also go on without.',
  without: 'Go on without the camera',
  seen: 'There you are!',
  speakNow: 'Speak now',
  heard: 'We can hear you well!',
  saidIt: 'I have said it',
  level: 'How loud it is',
  show: (good) => `Show ${good}`,
  change: (price) => `${price}: change the price`,
  buyer: 'Wang Fang',
  buys: (quantity, good) => `${quantity} × ${good}`,
  take: 'I take it',
  taken: 'Taken',
  finished: 'You can do it!',
  finishedHint: 'Seeing yourself, speaking, showing, pricing, orders: that is all you need. Next, hold a rehearsal.',
  ready: 'Good',
  again: 'Once more from the start',
};
