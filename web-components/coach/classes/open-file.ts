// Owns handing a file to whoever opens it on this device: its downloads.

const KEPT_MS = 60_000;

export function openFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
