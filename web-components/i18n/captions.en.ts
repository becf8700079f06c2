// Owns the English words around captions in the player.

export const captionsEn = {
  captions: 'Captions',
  /** On the button. */
  sign: 'CC',
  button: (choice: string) => `Captions: ${choice}`,
  choices: { off: 'Off', on: 'On', large: 'On, large letters' },
};

/** The shape of the catalogue of captions. */
export type CaptionMessages = typeof captionsEn;
