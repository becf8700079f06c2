// Owns how a picture fills the player, live and in the replay: cropped a little, or whole.
import { css } from 'lit';

export const pictureBoxStyles = css`
  video,
  .poster {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: var(--fieldcast-video-fit, cover);
    z-index: -2;
  }
  video.whole {
    object-fit: var(--fieldcast-video-fit, contain);
    object-position: center 38%;
  }
`;
