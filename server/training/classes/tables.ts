// Owns the tables of classes: who teaches, who learns, who was there, what is to be done and what is given along.
import type { Migration } from '../../platform/db/database.ts';
import type { MaterialType, Stage } from '../../protocol/classes.ts';

export interface ClassTables {
  classes: { id: string; title: string; place: string; stage: Stage; seats: number; created_at: number; erased_at: number | null; kept: string | null };
  class_trainers: { class_id: string; identity: string; name: string };
  meetings: { id: string; class_id: string; starts_at: number; ends_at: number; code: string | null; open_until: number | null };
  trainees: {
    id: string;
    class_id: string;
    name: string;
    phone: string;
    home: string;
    stage: Stage;
    senior_id: string | null;
    host_id: string | null;
    shows_numbers: 0 | 1;
    has_device: 0 | 1;
    joined_at: number;
  };
  attendance: { meeting_id: string; trainee_id: string; at: number; how: 'code' | 'trainer' };
  class_tasks: { id: string; class_id: string; title: string; text: string; due_at: number; is_first_steps: 0 | 1 };
  task_marks: { task_id: string; trainee_id: string; at: number };
  materials: { id: string; class_id: string; name: string; type: MaterialType; bytes: number; added_at: number };
  certificates: { id: string; trainee_id: string; number: string; issued_at: number; by_name: string };
}

const personal = 'references trainees (id) on delete cascade';
const ofClass = 'references classes (id) on delete cascade';

export const classMigration: Migration = {
  name: '550-classes',
  statements: [
    `create table classes (id text primary key, title text not null, place text not null, stage text not null, seats integer not null, created_at integer not null,
       erased_at integer, kept text) strict`,
    `create table class_trainers (class_id text not null ${ofClass}, identity text not null, name text not null, primary key (class_id, identity)) strict, without rowid`,
    `create index class_trainers_by_identity on class_trainers (identity)`,
    `create table meetings (id text primary key, class_id text not null ${ofClass}, starts_at integer not null, ends_at integer not null, code text unique, open_until integer) strict`,
    `create index meetings_by_class on meetings (class_id, starts_at)`,
    `create table trainees (id text primary key, class_id text not null ${ofClass}, name text not null, phone text not null, home text not null, stage text not null,
       senior_id text references trainees (id) on delete set null, host_id text, shows_numbers integer not null default 0, has_device integer not null default 0, joined_at integer not null) strict`,
    `create index trainees_by_class on trainees (class_id)`,
    `create index trainees_by_host on trainees (host_id) where host_id is not null`,
    `create index trainees_by_senior on trainees (senior_id) where senior_id is not null`,
    `create table attendance (meeting_id text not null references meetings (id) on delete cascade, trainee_id text not null ${personal}, at integer not null, how text not null,
       primary key (meeting_id, trainee_id)) strict, without rowid`,
    `create index attendance_by_trainee on attendance (trainee_id)`,
    `create table class_tasks (id text primary key, class_id text not null ${ofClass}, title text not null, text text not null, due_at integer not null,
       is_first_steps integer not null default 0 check (is_first_steps in (0, 1))) strict`,
    `create index class_tasks_by_class on class_tasks (class_id, due_at)`,
    `create table task_marks (task_id text not null references class_tasks (id) on delete cascade, trainee_id text not null ${personal}, at integer not null,
       primary key (task_id, trainee_id)) strict, without rowid`,
    `create index task_marks_by_trainee on task_marks (trainee_id)`,
    `create table materials (id text primary key, class_id text not null ${ofClass}, name text not null, type text not null, bytes integer not null, added_at integer not null) strict`,
    `create index materials_by_class on materials (class_id)`,
    `create table certificates (id text primary key, trainee_id text not null unique ${personal}, number text not null unique, issued_at integer not null, by_name text not null) strict`,
  ],
};
