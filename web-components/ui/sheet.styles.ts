// Owns how a sheet over the video or page looks: `.sheet` with `.sheet-head` (title and close button) and `.sheet-body`.
import { css } from 'lit';

export const sheetStyles = css`
  .sheet {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--fc-surface);
    color: var(--fc-text);
    border-radius: calc(var(--fc-radius) * 1.3) calc(var(--fc-radius) * 1.3) 0 0;
    box-shadow: var(--fc-shadow);
    overflow: hidden;
  }
  .sheet-head {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 56px;
    padding: 6px 8px 6px 16px;
    border-block-end: 1px solid var(--fc-line);
    flex: none;
  }
  .sheet-head h2 {
    flex: 1;
    font-size: 18px;
  }
  .sheet-body {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    padding: 16px;
  }
  @media (prefers-reduced-motion: no-preference) {
    .sheet.rising {
      animation: fieldcast-rise 220ms cubic-bezier(0.2, 0.8, 0.2, 1);
    }
    @keyframes fieldcast-rise {
      from {
        transform: translateY(32px);
        opacity: 0;
      }
    }
  }
`;
