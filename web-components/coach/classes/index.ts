// Owns the registering of <fieldcast-classes> and the pages it is made of.
import { define } from '../../ui/index.ts';
import { FieldcastClassAfter } from './class-after.ts';
import { FieldcastClassAttendance } from './class-attendance.ts';
import { FieldcastClassFiles } from './class-files.ts';
import { FieldcastClassForm } from './class-form.ts';
import { FieldcastClassPeople } from './class-people.ts';
import { FieldcastClassTasks } from './class-tasks.ts';
import { FieldcastClassTrainers } from './class-trainers.ts';
import { FieldcastClasses } from './fieldcast-classes.ts';

export function defineClasses(): void {
  define('fieldcast-class-form', FieldcastClassForm);
  define('fieldcast-class-attendance', FieldcastClassAttendance);
  define('fieldcast-class-people', FieldcastClassPeople);
  define('fieldcast-class-tasks', FieldcastClassTasks);
  define('fieldcast-class-files', FieldcastClassFiles);
  define('fieldcast-class-trainers', FieldcastClassTrainers);
  define('fieldcast-class-after', FieldcastClassAfter);
  define('fieldcast-classes', FieldcastClasses);
}
