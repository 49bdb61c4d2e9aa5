// An AVR Core as its ASR, LLM and TTS services see it, with nothing but Node's own HTTP client.
//
//     node pipeline_core.mjs URL SOUND.raw SPOKEN.raw
//
// Streams the caller's sound up in real time while it reads texts down, asks the language model with
// each, has the answer spoken, and prints one JSON object with what happened.
import { createWriteStream, readFileSync } from "node:fs";
import http from "node:http";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const [base, soundFile, spokenFile] = process.argv.slice(2);
const UUID = "0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21";
const FRAME_BYTES = 320;

function post(path, headers) {
  const url = new URL(path, base);
  return http.request(url, { method: "POST", headers: { "X-UUID": UUID, ...headers } });
}

async function postJson(path, body) {
  const request = post(path, { "Content-Type": "application/json" });
  request.end(JSON.stringify(body));
  const [response] = await once(request, "response");
  return response;
}

async function listen(sound) {
  const request = post("/speech-to-text-stream", { "Content-Type": "application/octet-stream" });
  let sending = true;
  const heard = [];
  const done = once(request, "response").then(async ([response]) => {
    for await (const chunk of response) heard.push({ text: chunk.toString("utf8"), sending });
    return response.headers["content-type"];
  });
  for (let at = 0; at < sound.length; at += FRAME_BYTES) {
    request.write(sound.subarray(at, at + FRAME_BYTES));
    await sleep(20);
  }
  sending = false;
  request.end();
  return { type: await done, heard };
}

async function think(message, messages) {
  const response = await postJson("/prompt-stream", { uuid: UUID, message, messages });
  let body = "";
  for await (const chunk of response.setEncoding("utf8")) body += chunk;
  const pieces = body.replaceAll("}{", "}\n{").split("\n").map((piece) => JSON.parse(piece));
  return pieces.map((piece) => piece.content).join("");
}

async function speak(text, file) {
  const response = await postJson("/text-to-speech-stream", { text });
  let bytes = 0;
  for await (const chunk of response) {
    bytes += chunk.length;
    file.write(chunk);
  }
  return { type: response.headers["content-type"], bytes };
}

const { type, heard } = await listen(readFileSync(soundFile));
const file = createWriteStream(spokenFile);
const messages = [{ role: "assistant", content: "Good morning, how can I help?" }];
const turns = [];
for (const { text } of heard) {
  const message = text.trim();
  messages.push({ role: "user", content: message });
  const answer = await think(message, messages);
  messages.push({ role: "assistant", content: answer });
  turns.push({ message, answer, spoken: await speak(answer, file) });
}
file.end();
await once(file, "finish");
console.log(JSON.stringify({ type, heard, turns }));
