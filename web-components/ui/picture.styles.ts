// Owns the box of a picture: `.picture` is square unless its place says otherwise.
import { css } from 'lit';

export const pictureStyles = css`
  .picture {
    display: grid;
    place-items: center;
    aspect-ratio: 1;
    overflow: hidden;
    border-radius: var(--fc-radius-small);
    background: var(--fc-sunken);
    color: var(--fc-muted);
    flex: none;
  }
  .picture img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .picture > .icon {
    inline-size: 40%;
    block-size: 40%;
    stroke-width: 1.2;
  }
`;
