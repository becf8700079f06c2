import { describe, expect, it } from 'vitest';
import { maskPhone } from '../../../server/shop/privacy.ts';

describe('a masked phone', () => {
  it('shows enough to tell buyers apart and too little to call', () => {
    expect(maskPhone('13812341234')).toBe('138****1234');
    expect(maskPhone('+86 138-1234 1234')).toBe('+86138****1234');
    expect(maskPhone('91234567')).toBe('9****67');
    expect(maskPhone('123456')).toBe('1****56');
  });
});
