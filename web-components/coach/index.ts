// Owns what the bundle of coaches is made of.
export { FieldcastCoach } from './fieldcast-coach.ts';
