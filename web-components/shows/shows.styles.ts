// Owns how the list of shows looks: cards with upright posters, two beside each other on a phone.
import { css } from 'lit';

export const showsStyles = css`
  :host {
    container: fieldcast-shows / inline-size;
  }
  section + section {
    margin-block-start: 22px;
  }
  .of-seller {
    margin-block-end: 18px;
  }
  h2 {
    margin-block-end: 10px;
    font-size: 19px;
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(148px, 1fr));
    gap: 14px 12px;
  }
  .show {
    display: grid;
    gap: 8px;
    block-size: 100%;
    align-content: start;
    border-radius: var(--fc-radius);
    color: var(--fc-text);
    text-decoration: none;
  }
  .frame {
    position: relative;
    display: block;
    overflow: hidden;
    border-radius: var(--fc-radius);
  }
  .show .picture {
    inline-size: 100%;
    block-size: auto;
    aspect-ratio: 3 / 4;
    border-radius: var(--fc-radius);
  }
  .picture img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    transition: transform 200ms;
  }
  @media (hover: hover) {
    .show:hover .picture img {
      transform: scale(1.03);
    }
    .show:hover .title {
      text-decoration: underline;
      text-underline-offset: 3px;
    }
  }
  .marks {
    position: absolute;
    inset-block-start: 8px;
    inset-inline: 8px;
    display: flex;
    flex-wrap: wrap;
    gap: 5px;
  }
  .mark {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 23px;
    padding: 0 8px;
    border-radius: 999px;
    background: var(--fc-scrim);
    color: #fff;
    font-size: 12px;
    font-weight: 600;
    white-space: nowrap;
  }
  .mark.on-air {
    background: var(--fc-live);
  }
  .mark .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .words {
    display: grid;
    justify-items: start;
    gap: 2px;
    padding-inline: 2px;
    font-size: 14px;
    line-height: 1.35;
  }
  .title {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    font-size: 16px;
    font-weight: 650;
  }
  .left {
    color: var(--fc-price);
    font-weight: 650;
  }
  .state {
    display: grid;
    justify-items: center;
    gap: 10px;
    padding: 28px 16px;
    color: var(--fc-muted);
    text-align: center;
  }
  @container fieldcast-shows (min-width: 640px) {
    .cards {
      grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
      gap: 20px 18px;
    }
  }
`;
