"""Courses: an instructor's plan, each student's own numbers, copies for the class, what comes back and its marks."""
