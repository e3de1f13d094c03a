import { BLOCK_EVENTS, type Events } from '../../gating/index.ts';
import type { Template } from '../../template/index.ts';
import { type SurveyBlock, type SurveyInput, surveyPass } from './surveyPass.ts';
import type { TubeSurvey } from './tubeSurvey.ts';

/** Surveys a tube whose events are all at hand: for trials on events that are in no file. */
export function surveyTube(events: Events, template: Template, input: SurveyInput): TubeSurvey {
  const pass = surveyPass(template, input, events.count);
  eachBlock(events, (block) => pass.add(block));
  return pass.survey((use) => eachBlock(events, use));
}

function eachBlock(events: Events, use: (block: SurveyBlock) => void): void {
  for (let firstEvent = 0; firstEvent < events.count; firstEvent += BLOCK_EVENTS) {
    const eventCount = Math.min(BLOCK_EVENTS, events.count - firstEvent);
    use({
      firstEvent,
      eventCount,
      fill(channel, rows, count, out) {
        const values = events.values({ name: channel, scale: undefined }, 'all');
        for (let i = 0; i < count; i++) out[i] = values[firstEvent + rows[i]!]!;
      },
      mayExceed(_channel, _least, rows) {
        for (let i = 0; i < eventCount; i++) rows[i] = i;
        return eventCount;
      },
    });
  }
}
