// Owns the export list of the viewer's elements; loading it registers their tags.
export {};
