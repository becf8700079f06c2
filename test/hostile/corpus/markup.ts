// Owns texts that would be run, were they ever taken for markup or script: 200 of them, each setting a sentinel. And texts that only look odd.

/** What each tries to do; pages are asked for it at the end. */
export const SENTINEL = 'fieldcastRan';
const RUN = `self.${SENTINEL}=1`;

const heads = [
  `<script>${RUN}</script>`, `<SCRIPT SRC=data:,${RUN}></SCRIPT>`, `<scr<script>ipt>${RUN}</script>`, `<img src=x onerror=${RUN}>`, `<img src=x onerror="${RUN}"/>`, `<IMG SRC=# oNerRoR=${RUN}>`,
  `<svg onload=${RUN}>`, `<svg/onload=${RUN}//`, `<svg><script>${RUN}</script></svg>`, `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`, `<body onload=${RUN}>`, `<iframe srcdoc="<script>parent.${RUN}</script>">`,
  `<iframe src="javascript:parent.${RUN}">`, `<a href="javascript:${RUN}" autofocus>x</a>`, `<object data="javascript:${RUN}">`, `<embed src="javascript:${RUN}">`, `<math><mi xlink:href="javascript:${RUN}">`,
  `<input autofocus onfocus=${RUN}>`, `<select autofocus onfocus=${RUN}>`, `<textarea autofocus onfocus=${RUN}>`, `<details open ontoggle=${RUN}>`, `<video><source onerror=${RUN}></video>`, `<audio src=x onerror=${RUN}>`,
  `<marquee onstart=${RUN}>`, `<style>@import "javascript:${RUN}"</style>`, `<link rel=stylesheet href="javascript:${RUN}">`, `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`, `<base href="javascript:${RUN}//">`,
  `<form action="javascript:${RUN}"><button>`, `<template><img src=x onerror=${RUN}></template>`, `<div style="background:url(javascript:${RUN})">`, `<x onclick=${RUN} style=position:fixed;inset:0>`,
  `\${${RUN}}`, `{{constructor.constructor('${RUN}')()}}`, `{{${RUN}}}`, `<%= ${RUN} %>`, `#{${RUN}}`, `javascript:${RUN}`, `data:text/html,<script>${RUN}</script>`, `&lt;img src=x onerror=${RUN}&gt;`,
] as const;
/** What stands before it, to get out of an attribute, a comment, an element or a string first. */
const exits = ['', '">', `'-->`, '</textarea></title></style>', '`;'] as const;

/** 200 texts of one line, none longer than 120 units. */
export const markup: readonly string[] = exits.flatMap((exit) => heads.map((head) => exit + head));

/** Short enough for a name. */
export const shortMarkup = ['<b>x</b>', '<script>a()</script>', '<img src=x onerror=a()>', '"><svg onload=a()>', '<svg/onload=a()>', "'-alert(1)-'", '{{7*7}}', '${7*7}', '</p><h1>', '<!--'] as const;

/** Signs that join, hide or turn what stands around them; taken as they are where a line is. */
export const oddText = ['苹\u200b果', '甜\u200d\u200c吗', '\u200fשלום\u200e', 'e\u0301'.repeat(20), '🍎'.repeat(40), 'Z\u0351\u0343\u035d'.repeat(12), '\ufeff苹果', '\u3164\u2800·'] as const;
/** What can make one text look like another is refused. */
export const turnedText = ['\u202e果苹', '张\u202d三', '\u2066李\u2069', '\u2067x', 'a\u0000b', '\u001b[31mred', 'a\nb', 'a\rb'] as const;
