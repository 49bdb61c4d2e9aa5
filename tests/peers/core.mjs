// An AVR Core as its speech-to-speech services see it: one WebSocket, one call, in real time.
//
//     node core.mjs '{"url": "ws://...", "uuid": "...", "lines": ["a.wav", ...], "out": "agent.raw"}'
//
// Says each line when the agent has fallen silent, queues and plays what the agent sends (20 ms every
// 20 ms, silence between), drops the queue at an interruption, and prints one JSON object with what
// happened. A line may be {"wav": ..., "after_ms": 500}: said so long into the agent's words; or
// {"digits": "12"}: keys.
import { readFileSync, writeFileSync } from "node:fs";
import WebSocket from "ws";

const FRAME = 320;
const GAP_MS = 900; // of silence: the agent has finished
const PATIENCE_MS = 12000;
const job = JSON.parse(process.argv[2]);
const lines = job.lines.map((line) => ({
  pcm: line.digits ? Buffer.alloc(FRAME) : samples(line.wav ?? line),
  digits: line.digits ?? "",
  afterMs: line.after_ms ?? null,
}));
const result = { messages: [], transcripts: [], sizes: {}, interruptions: 0, mostQueued: 0, close: 0, interruptedMs: [] };
const played = [];
let queue = [];
let speaking = null; // what is left of the line being said
let next = 0;
let agentBegan = null; // when the agent began to speak since the last line
let agentHeard = null; // when it was last audible
let waitingSince = Date.now();
let saidLast = null;

function samples(path) {
  const file = readFileSync(path);
  return file.subarray(file.indexOf("data", 12) + 8);
}

const socket = new WebSocket(job.url, { perMessageDeflate: false });
socket.on("open", () => {
  const init = { type: "init", uuid: job.uuid };
  if (job.provider_config) init.provider_config = job.provider_config;
  socket.send(JSON.stringify(init));
  beat(Date.now(), 0);
});
socket.on("message", (data, isBinary) => {
  if (isBinary) throw new Error("a binary message");
  const message = JSON.parse(data);
  if (message.type !== "audio") result.messages.push(message);
  if (message.type === "audio") take(Buffer.from(message.audio, "base64"));
  if (message.type === "transcript") result.transcripts.push([message.role, message.text]);
  if (message.type === "interruption") {
    result.interruptions += 1;
    result.interruptedMs.push(saidLast === null ? null : Date.now() - saidLast);
    queue = [];
  }
});
socket.on("error", (error) => {
  result.error = String(error);
});
socket.on("close", (code) => {
  result.close = code;
  writeFileSync(job.out, Buffer.concat(played));
  console.log(JSON.stringify(result));
  process.exit(0);
});

function take(pcm) {
  result.sizes[pcm.length] = (result.sizes[pcm.length] ?? 0) + 1;
  for (let at = 0; at < pcm.length; at += FRAME) queue.push(pcm.subarray(at, at + FRAME));
  result.mostQueued = Math.max(result.mostQueued, queue.length);
}

function beat(origin, number) {
  const late = Date.now() - (origin + number * 20);
  if (socket.readyState !== WebSocket.OPEN) return;
  const frame = queue.shift() ?? Buffer.alloc(FRAME);
  played.push(frame);
  if (audible(frame)) {
    agentHeard = Date.now();
    agentBegan ??= agentHeard;
  }
  socket.send(JSON.stringify({ type: "audio", audio: say().toString("base64") }));
  setTimeout(beat, Math.max(0, 20 - late), origin, number + 1);
}

function audible(frame) {
  for (let at = 0; at + 1 < frame.length; at += 2) if (Math.abs(frame.readInt16LE(at)) > 150) return true;
  return false;
}

function say() {
  if (speaking === null && itIsMyTurn()) begin();
  if (speaking === null) return Buffer.alloc(FRAME);
  const frame = Buffer.alloc(FRAME);
  speaking.copy(frame, 0, 0, FRAME);
  speaking = speaking.subarray(FRAME);
  if (speaking.length === 0) {
    speaking = null;
    waitingSince = Date.now();
  }
  return frame;
}

function itIsMyTurn() {
  const now = Date.now();
  const upcoming = lines[next];
  if (upcoming?.afterMs != null && agentBegan !== null) return now - agentBegan >= upcoming.afterMs;
  if (now - waitingSince > PATIENCE_MS) return true;
  return agentBegan !== null && now - Math.max(agentHeard, waitingSince) >= GAP_MS;
}

function begin() {
  if (next === lines.length) {
    socket.close(1000);
    return;
  }
  for (const digit of lines[next].digits) socket.send(JSON.stringify({ type: "dtmf_digit", digit }));
  speaking = lines[next].pcm;
  saidLast = Date.now();
  agentBegan = null;
  next += 1;
}
