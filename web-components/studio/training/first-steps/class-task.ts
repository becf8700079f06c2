// Owns that a class hears of it when somebody has done the first steps: the task that asks for them is ticked on this phone's behalf.
import { markOwnTask, readOwnClass } from '../../../../server/protocol/endpoints.ts';
import { readTokens } from '../../../show/class-tokens.ts';
import { createCall } from '../../../show/http.ts';

/** Of all classes that this phone has come to. Without a network nothing is ticked: the learner still can, on the page of the class. */
export async function tickFirstSteps(serverUrl: string): Promise<void> {
  await Promise.all(
    readTokens().map(async ({ token }) => {
      const call = createCall({ serverUrl, token: () => Promise.resolve(token) });
      const own = await call(readOwnClass, {});
      const open = own.ok ? own.value.tasks.filter(({ isFirstSteps, doneAt }) => isFirstSteps && doneAt === null) : [];
      for (const { id } of open) await call(markOwnTask, { params: { taskId: id }, body: { isDone: true } });
    }),
  );
}
