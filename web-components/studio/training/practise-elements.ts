// Owns what is loaded of practice in the studio when a host is in: the way in and out, and who coaches.
import { define } from '../../ui/index.ts';
import { FieldcastStudioCoaches } from './coaches.ts';
import { FieldcastFirstSteps } from './first-steps/fieldcast-first-steps.ts';
import { FieldcastStudioGoLive } from './go-live.ts';
import { FieldcastStudioPractise } from './practise.ts';

export function definePractise(): void {
  define('fieldcast-studio-go-live', FieldcastStudioGoLive);
  define('fieldcast-studio-coaches', FieldcastStudioCoaches);
  define('fieldcast-first-steps', FieldcastFirstSteps);
  define('fieldcast-studio-practise', FieldcastStudioPractise);
}
