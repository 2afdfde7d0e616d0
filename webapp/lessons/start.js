// The way into the lessons: one module for the page to load when they are first wanted.

import { Course } from './course.js';
import { LessonDrawer } from './drawer.js';

/** The drawer in `place`. `navigate(hash)` goes to `#/lesson/5`, `showRow(row)` shows a row of the lab. */
export function startLessons({ place, lab, navigate, showRow }) {
  return new LessonDrawer(place, new Course(lab), { navigate, showRow });
}
