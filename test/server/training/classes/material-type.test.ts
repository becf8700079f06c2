// Owns which files a class takes: told by their content, under names that tell the truth.
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { materialName } from '../../../../server/protocol/classes.ts';
import { materialTypeOf, truthfulName } from '../../../../server/training/classes/material-type.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

describe('the type of a file', () => {
  it.each([
    ['%PDF-1.7\n', 'application/pdf'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['RIFF\x00\x00\x00\x00WEBPVP8 ', 'image/webp'],
    ['\x00\x00\x00\x18ftypisom', 'video/mp4'],
    ['Say hello first.\r\nThen the price.', 'text/plain'],
  ])('%j is %s', (content, type) => {
    expect(materialTypeOf(bytes(content))).toBe(type);
  });

  it.each([
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['a page without a head', '  <SCRIPT>alert(1)</SCRIPT>'],
    ['a picture with scripts', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['XML', '<?xml version="1.0"?><x/>'],
    ['a program', 'MZ\x90\x00'],
    ['a script', '#!/bin/sh\nrm -rf /'],
    ['an archive', 'PK\x03\x04'],
    ['bytes that are no text', '\xc3\x28\xff'],
    ['text with control signs', 'a\x1b[2Jb'],
  ])('%s is not taken', (_, content) => {
    expect(materialTypeOf(bytes(content))).toBeUndefined();
  });
});

describe('the name of a file', () => {
  it('ends as its content is', () => {
    expect(truthfulName('prices.PDF', 'application/pdf')).toBe('prices.PDF');
    expect(truthfulName('prices.exe', 'application/pdf')).toBe('prices.exe.pdf');
    expect(truthfulName('page.html', 'text/plain')).toBe('page.html.txt');
    expect(truthfulName('苹果', 'image/jpeg')).toBe('苹果.jpg');
  });

  it.each(['../../etc/passwd', 'a\\b', 'C:boot', '.htaccess', 'a\u0000b', 'a\nb', 'a\u202egpj.exe', '', 'x'.repeat(101), 'a|b', '<b>'])('is not %j', (name) => {
    expect(v.is(materialName, name)).toBe(false);
  });
});
