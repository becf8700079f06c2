// Owns how the chat looks: a quiet list that reads well on a cheap phone, the writing line always in reach.
import { css } from 'lit';

export const chatStyles = css`
  :host {
    min-block-size: 0;
    block-size: 100%;
  }
  .chat {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    background: var(--fc-surface);
    color: var(--fc-text);
  }
  .pinned {
    display: flex;
    gap: 8px;
    flex: none;
    margin: 0 12px;
    padding: 10px 12px;
    border-radius: var(--fc-radius-small);
    background: var(--fc-accent-soft);
  }
  .pinned .icon {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
  }
  .log {
    flex: 1;
    min-block-size: 0;
    padding: 8px 8px 8px 14px;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-gutter: stable;
    font-size: var(--fieldcast-chat-size, 16px);
  }
  .older,
  .empty {
    padding: 12px;
    text-align: center;
    color: var(--fc-muted);
  }
  .skipped button {
    appearance: none;
    min-block-size: 44px;
    padding: 0 12px;
    border: 0;
    border-radius: 999px;
    background: var(--fc-sunken);
    color: var(--fc-muted);
    font: inherit;
    font-size: 14px;
    cursor: pointer;
  }
  .message {
    padding: 2px 0;
    content-visibility: auto;
    contain-intrinsic-size: auto 48px;
  }
  .line {
    display: flex;
    align-items: flex-start;
    gap: 4px;
  }
  .line p {
    flex: 1;
    padding: 9px 0;
    line-height: 1.4;
  }
  .name {
    margin-inline-end: 6px;
    font-weight: 650;
    color: var(--fc-muted);
  }
  .staff .name,
  .own .name {
    color: var(--fc-accent);
  }
  .badge {
    margin-inline-end: 6px;
    padding: 1px 7px;
    border-radius: 999px;
    background: var(--fc-accent);
    color: var(--fc-on-accent);
    font-size: 13px;
    font-weight: 600;
  }
  .badge.played {
    background: #6d3fc4;
    color: #fff;
  }
  .quote {
    display: block;
    margin-block: 2px;
    padding-inline-start: 8px;
    border-inline-start: 3px solid var(--fc-line);
    color: var(--fc-muted);
    font-size: 14px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    max-inline-size: 100%;
  }
  .line p {
    min-inline-size: 0;
  }
  .words {
    unicode-bidi: isolate;
  }
  .note {
    color: var(--fc-muted);
    font-size: 14px;
  }
  .note.fault {
    display: block;
    color: var(--fc-danger);
  }
  .note.private,
  .note.answered {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .note.answered {
    color: var(--fc-accent);
  }
  .message.private .line {
    padding-inline-start: 10px;
    border-inline-start: 3px solid var(--fc-accent);
  }
  .held .words,
  .draft .words {
    color: var(--fc-muted);
  }
  .more {
    flex: none;
    color: var(--fc-muted);
    background: transparent;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding: 4px 0 10px;
  }
  .fresh {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 76px;
    margin-inline: auto;
    inline-size: fit-content;
    border-radius: 999px;
  }
  .notice {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    flex: none;
    margin: 0 12px 8px;
    padding: 8px 12px;
    border-radius: var(--fc-radius-small);
    background: var(--fc-sunken);
  }
  .notice .button {
    flex: none;
    white-space: nowrap;
  }
  .notice:has(span:empty) {
    display: none;
  }
  .notice.fault {
    color: var(--fc-danger);
  }
  fieldcast-follow-button {
    padding: 8px 12px;
    border-block-start: 1px solid var(--fc-line);
  }
  .composer {
    flex: none;
    padding: 8px 12px max(10px, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--fc-line);
  }
  .naming {
    display: grid;
    gap: 10px;
  }
  .muted {
    color: var(--fc-muted);
    font-size: 14px;
  }
  .answering {
    display: flex;
    align-items: center;
    justify-content: space-between;
    color: var(--fc-muted);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .words-field {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 46px;
    margin: 0;
    padding: 8px 16px;
    border: 1px solid var(--fc-field-line);
    border-radius: 999px;
    background: var(--fc-sunken);
    color: var(--fc-text);
    font: inherit;
    font-size: 16px;
  }
  .icon-button.primary {
    background: var(--fc-accent);
    color: var(--fc-on-accent);
  }
  .passing {
    flex: none;
    margin: 0;
    padding: 2px 14px 4px;
    overflow: hidden;
    color: var(--fc-muted);
    font-size: 14px;
    line-height: 1.4;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
