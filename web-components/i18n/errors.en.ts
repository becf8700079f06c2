// Owns the English words for error codes: what happened and what to do next. The codes are the server's, plus those of a lost network.
import type { ErrorCode } from '../../server/protocol/errors.ts';

/** Codes that only a browser can see, because the server never answered. */
export type NetworkErrorCode = 'network.offline' | 'network.timeout' | 'network.unreadable' | 'order.not-sent';
/** Every code a page may have to explain. */
export type AnyErrorCode = ErrorCode | NetworkErrorCode;
export type ErrorMessages = Record<AnyErrorCode, string>;

export const errorsEn: ErrorMessages = {
  'network.offline': 'No connection. Check Wi-Fi or mobile data; we keep trying.',
  'network.timeout': 'The server did not answer in time. We keep trying.',
  'network.unreadable': 'The answer could not be read. Reload the page.',
  'order.not-sent': 'This order could not be sent for two hours, so we stopped. Look in "My orders", then order again.',
  'input.invalid': 'Something in the form is not right. Correct the marked fields.',
  'input.not-json': 'The page sent something broken. Reload it and try again.',
  'input.too-large': 'That is too large. Choose something smaller.',
  'input.media-type': 'This kind of file is not supported. Use a JPEG, PNG or WebP picture.',
  'auth.missing': 'You are not signed in on this phone. Open your link again.',
  'auth.invalid': 'Your sign-in has run out. Open your link again.',
  'auth.forbidden': 'You may not do this. Ask the organiser for the right link.',
  'auth.right-missing': 'The host has not given you this. Ask them to switch it on for you.',
  'auth.link-used': 'This link has been used or has run out. Ask the organiser for a new one.',
  'not-found': 'This is no longer there. Go back and choose again.',
  'method.not-allowed': 'The page is out of date. Reload it.',
  'rate.limited': 'Too many tries in a short time. Wait a moment and try again.',
  'idempotency.key-missing': 'The page is out of date. Reload it.',
  'idempotency.key-reused': 'This order was changed after sending. Check your cart and order again.',
  'show.wrong-state': 'The show has moved on, so this is not possible now.',
  'show.not-live': 'The show is not live at the moment.',
  'show.gated': 'This show is for invited guests. Enter the code you were given.',
  'gate.code-wrong': 'This code is not right. Compare it with your invitation and try again.',
  'gate.code-used': 'This code has already been used on another device. Ask the organiser for a new one.',
  'show.open-orders': 'Some orders of this show are still open. Finish or cancel them first.',
  'replay.not-found': 'This show cannot be watched again.',
  'shelf.full': 'The shelf is full. Take a product off first.',
  'shelf.not-on-shelf': 'This product has left the shelf. Choose another one.',
  'stock.insufficient': 'There is not enough left. Lower the quantity or remove the product.',
  'order.price-changed': 'The price has just changed. Look at the new total, then order again.',
  'order.wrong-state': 'The order has already moved on, so this is not possible any more.',
  'chat.closed': 'Writing is closed here for now.',
  'chat.restricted': 'You cannot write here for a while.',
  'chat.slow-mode': 'Slow down a little, then send it again.',
  'chat.refused': 'This cannot be shown here. Say it in other words.',
  'chat.wrong-state': 'The message has changed meanwhile.',
  'picture.unreadable': 'This picture cannot be read. Choose another one.',
  'media.unsupported': 'This browser cannot play the video. Open the page in Chrome or Safari.',
  'media.sdp-invalid': 'The video could not be set up. Reload the page.',
  'media.not-found': 'The video connection was lost. It is being set up again.',
  'media.precondition-required': 'The video could not be set up. Reload the page.',
  'media.precondition-failed': 'The video could not be set up. Reload the page.',
  'media.busy': 'Something went wrong with the video. Try again.',
  'server.closing': 'The server is restarting. This goes on by itself in a moment.',
  'storage.unavailable': 'The server cannot save anything just now. We keep trying.',
  'media.unavailable': 'Video is being restarted. This goes on by itself in a moment.',
  internal: 'Something went wrong on our side. Try again in a moment.',
};
