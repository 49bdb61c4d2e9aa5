// A speech-to-speech service as AVR's are: sends its sound in pieces of its own size, faster than it
// can be spoken, and knows the end of a turn by the silence in what it hears.
//
//     node service.mjs '{"greeting": "a.wav", "answer": "b.wav", "piece": 1001}'
//
// Prints its port, serves one session: greets, answers once, closes; then prints what it saw as JSON.
import { readFileSync } from "node:fs";
import { WebSocketServer } from "ws";

const SILENCE_BYTES = 8000; // half a second
const job = JSON.parse(process.argv[2]);
const seen = { query: {}, types: {}, digits: "", heard: 0 };
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
server.on("listening", () => console.log(server.address().port));
server.on("connection", (socket, request) => {
  seen.query = Object.fromEntries(new URL(request.url, "ws://here").searchParams);
  let spoke = false;
  let silent = 0;
  let answered = false;
  const say = (path, role, text) => {
    const file = readFileSync(path);
    const pcm = file.subarray(file.indexOf("data", 12) + 8);
    for (let at = 0; at < pcm.length; at += job.piece) {
      const audio = pcm.subarray(at, at + job.piece).toString("base64");
      socket.send(JSON.stringify({ type: "audio", audio }));
    }
    socket.send(JSON.stringify({ type: "transcript", role, text }));
  };
  socket.on("message", (data) => {
    const message = JSON.parse(data);
    seen.types[message.type] = (seen.types[message.type] ?? 0) + 1;
    if (message.type === "init") {
      seen.uuid = message.uuid;
      say(job.greeting, "agent", "greeting");
    } else if (message.type === "dtmf_digit") {
      seen.digits += message.digit;
    } else if (message.type === "audio") {
      listen(Buffer.from(message.audio, "base64"));
    }
  });
  socket.on("close", () => {
    console.log(JSON.stringify(seen));
    process.exit(0);
  });

  function listen(pcm) {
    seen.heard += pcm.length;
    let loud = false;
    for (let at = 0; at + 1 < pcm.length; at += 2) loud ||= Math.abs(pcm.readInt16LE(at)) > 1000;
    spoke ||= loud;
    silent = loud ? 0 : silent + pcm.length;
    if (!spoke || answered || silent < SILENCE_BYTES) return;
    answered = true;
    socket.send(JSON.stringify({ type: "transcript", role: "user", text: "question" }));
    socket.send(JSON.stringify({ type: "interruption" }));
    say(job.answer, "agent", "answer");
    socket.close();
  }
});
