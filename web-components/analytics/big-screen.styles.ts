// Owns how the big screen looks: dark for a room, sizes from the width of the screen.
import { css } from 'lit';

export const bigScreenStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    min-block-size: 100%;
    padding: clamp(12px, 1.6vw, 32px);
    background: #10160f;
    color: #fff;
    font-variant-numeric: tabular-nums;
    overflow: auto;
  }
  :host > * {
    color: #fff;
  }
  header {
    display: flex;
    align-items: center;
    gap: 20px;
    flex-wrap: wrap;
  }
  h1 {
    flex: 1 1 220px;
    min-inline-size: 0;
    margin: 0;
    font-weight: 750;
    font-size: clamp(22px, 2.4vw, 48px);
  }
  h2 {
    margin: 0 0 8px;
    color: #b9cdb4;
    font-size: clamp(16px, 1.3vw, 26px);
    font-weight: 650;
  }
  .state {
    margin: 0;
    padding: 6px 14px;
    border-radius: 999px;
    background: #5b1d1d;
    font-size: clamp(16px, 1.3vw, 26px);
    font-weight: 700;
  }
  .state.on {
    background: #1c6b2c;
  }
  .stale {
    color: #ff9d9d;
    font-size: 20px;
    font-weight: 700;
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: clamp(8px, 1vw, 20px);
    margin: clamp(12px, 1.4vw, 28px) 0;
  }
  .tile,
  section {
    padding: clamp(10px, 1vw, 22px);
    border-radius: 16px;
    background: #1b251a;
    min-inline-size: 0;
  }
  dt,
  small,
  .tile .below {
    color: #b9cdb4;
    font-size: clamp(15px, 1.15vw, 22px);
  }
  dd {
    margin: 0;
    font-size: clamp(30px, 3.4vw, 76px);
    font-weight: 800;
    line-height: 1.15;
    white-space: nowrap;
  }
  .tile .below {
    font-weight: 400;
    white-space: normal;
  }
  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr));
    gap: clamp(8px, 1vw, 20px);
  }
  /* On a wall nobody scrolls: all of it stands in one screen. */
  @media (min-width: 1000px) {
    .columns {
      grid-template: 'trend trend funnel' auto 'top network funnel' 1fr / 1fr 1fr 1fr;
    }
    .columns > .trend {
      grid-area: trend;
    }
    .columns > .top {
      grid-area: top;
    }
    .columns > .funnel-of {
      grid-area: funnel;
    }
    .columns > .network-of {
      grid-area: network;
    }
  }
  .columns > .trend {
    --trend-line: #7fd48a;
    --trend-bar: #ffd44d;
    --trend-gone: #ff8f86;
    --trend-text: #b9cdb4;
  }
  ol,
  ul {
    display: grid;
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: clamp(16px, 1.3vw, 26px);
  }
  .goods li {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 12px;
  }
  .goods small {
    grid-column: 1 / -1;
  }
  .goods span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .funnel li {
    position: relative;
    display: flex;
    justify-content: space-between;
    gap: 12px;
    padding: 4px 10px;
    overflow: hidden;
    border-radius: 8px;
    background: #263524;
  }
  .funnel i {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    background: #2f6b39;
  }
  .funnel span,
  .funnel b {
    position: relative;
  }
  .empty,
  .none {
    margin: 0;
    color: #b9cdb4;
    font-size: 18px;
  }
  .empty {
    padding: 20vh 20px;
    text-align: center;
  }
`;
