// Owns how the words of recovery look over a picture that stands still, or goes on.
import { css } from 'lit';

export const recoveryStyles = css`
  .pill {
    display: flex;
    align-items: center;
    gap: 10px;
    max-inline-size: 30em;
    padding: 10px 16px;
    border-radius: 14px;
    background: rgb(12 18 14 / 0.86);
    color: #fff;
    text-align: start;
    text-wrap: pretty;
    font-size: 14px;
    animation: fieldcast-appear 200ms both;
  }
  @keyframes fieldcast-appear {
    from {
      opacity: 0;
    }
  }
  .pill strong {
    display: block;
    font-size: 15px;
  }
  .spinner {
    inline-size: 22px;
    block-size: 22px;
    flex: none;
    border: 3px solid rgb(255 255 255 / 0.3);
    border-block-start-color: #fff;
    border-radius: 50%;
    animation: fieldcast-turn 1s linear infinite;
  }
  @keyframes fieldcast-turn {
    to {
      transform: rotate(1turn);
    }
  }
`;
