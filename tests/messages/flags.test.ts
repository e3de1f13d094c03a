import { describe, expect, it } from 'vitest';
import { methodReference } from '../../src/placement/index.ts';
import { flags, isLook } from '../../src/problems/index.ts';

describe('the registry of flags', () => {
  it('holds every flag that a gate method may raise', () => {
    const raised = methodReference().flatMap((method) => method.flags.map(({ name }) => name));
    expect([...new Set(raised)].filter((name) => flags[name] === undefined)).toEqual([]);
  });

  it.each(Object.entries(flags))('%s has a sentence for the bench: plain words, no name of a variable', (_, entry) => {
    expect(entry.says.length).toBeGreaterThan(15);
    expect(entry.says).not.toMatch(/[a-z]_[a-z]/);
    expect(entry.says[0]).toBe(entry.says[0]?.toLowerCase());
  });

  it('tells what is usual from what may change an endpoint, and takes an unknown flag for the latter', () => {
    expect(isLook('three_modes')).toBe(false);
    expect(isLook('already_compensated')).toBe(true);
    expect(isLook('flag_of_another_program')).toBe(true);
  });
});
