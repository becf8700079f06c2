// Owns sending one picture with progress: fetch cannot tell how far an upload is, XMLHttpRequest can.
import { endpoints, type Picture, PICTURE_MAX_BYTES, type Problem } from '../../../server/protocol/index.ts';
import { ApiError } from '../../api.ts';
import type { Desk } from './desk.ts';

/** @param onProgress gets 0 to 1. @throws ApiError when refused or out of reach. */
export async function upload(desk: Desk, file: File, onProgress: (share: number) => void): Promise<Picture> {
  if (file.size > PICTURE_MAX_BYTES) throw new ApiError({ type: 'about:blank', title: 'input.too-large', status: 413, code: 'input.too-large', detail: 'larger than the limit' });
  const token = await desk.token();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(endpoints.addPicture.method, endpoints.addPicture.path);
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0));
    request.addEventListener('error', () => reject(new ApiError({ type: 'about:blank', title: 'offline', status: 0, code: 'offline', detail: 'no answer' })));
    request.addEventListener('load', () => {
      const answer = parse(request.responseText);
      if (request.status === endpoints.addPicture.status) resolve(answer as Picture);
      else reject(new ApiError((answer as Problem | null) ?? { type: 'about:blank', title: 'internal', status: request.status, code: 'internal', detail: `HTTP ${request.status}` }));
    });
    request.send(file);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
