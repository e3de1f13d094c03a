import { writeFileSync } from 'node:fs';

// Loaded before a command: at its end says what it used, all threads together. Node tells no parent of its children's time.
const path = process.env.CYTOPAIR_USAGE;
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMb: maxRSS / 1024 };
  if (path !== undefined) writeFileSync(path, JSON.stringify(usage));
});
