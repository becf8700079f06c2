// Owns how stills stand in the picture's place: a quiet card on the dark stage, the reason below it.
import { css } from 'lit';

export const stillsStyles = css`
  :host {
    position: absolute;
    inset: 0;
    z-index: -1;
    pointer-events: none;
  }
  .stills {
    position: absolute;
    inset: 0;
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
    justify-items: center;
    gap: 14px;
    padding: 144px 16px calc(var(--fc-player-foot, 0px) + var(--fc-stills-foot, 16px));
    background: radial-gradient(120% 90% at 50% 35%, #24372b, #0e1511 75%);
    color: #fff;
    /* What is over in a blink is not shown at all. */
    animation: fieldcast-appear 400ms 600ms both;
  }
  .stills.away {
    animation-delay: 1400ms;
  }
  @keyframes fieldcast-appear {
    from {
      opacity: 0;
    }
  }
  .room {
    container-type: size;
    inline-size: 100%;
    block-size: 100%;
    display: grid;
    place-items: center;
  }
  .frame {
    position: relative;
    inline-size: min(100cqi, 100cqb, 460px);
    aspect-ratio: 1;
    border-radius: var(--fc-radius);
    overflow: hidden;
    background: rgb(255 255 255 / 0.06);
  }
  .frame img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    opacity: 0;
    transition: opacity 1600ms;
  }
  .frame img.now {
    opacity: 1;
  }
  .none {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    font-size: 72px;
    color: rgb(255 255 255 / 0.35);
  }
  .why {
    display: flex;
    align-items: center;
    gap: 10px;
    max-inline-size: 30em;
    padding: 10px 14px;
    border-radius: 14px;
    background: rgb(12 18 14 / 0.8);
    font-size: 14px;
    line-height: 1.35;
    text-align: start;
    text-wrap: pretty;
  }
  .why strong {
    display: block;
    font-size: 15px;
  }
`;
