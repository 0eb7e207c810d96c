// A local model behind /v1/chat/completions: node server.mjs MODEL.gguf; prints its port.
import http from "node:http";
import {getLlama, LlamaChatSession, LlamaLogLevel} from "node-llama-cpp";

const llama = await getLlama({gpu: false, build: "never", maxThreads: 2, logLevel: LlamaLogLevel.error});
const model = await llama.loadModel({modelPath: process.argv[2]});
const context = await model.createContext({contextSize: 4096, threads: 2});
const sequence = context.getSequence();
let last = Promise.resolve();

async function complete({messages, max_tokens: maxTokens = 256, temperature = 0}) {
    await sequence.clearHistory();
    const session = new LlamaChatSession({contextSequence: sequence, autoDisposeSequence: false});
    const kinds = {system: "system", user: "user"};
    session.setChatHistory(messages.slice(0, -1).map(({role, content}) => role === "assistant"
        ? {type: "model", response: [content]}
        : {type: kinds[role], text: content}));
    const before = sequence.tokenMeter.getState();
    const content = await session.prompt(messages.at(-1).content, {maxTokens, temperature});
    const used = sequence.tokenMeter.diff(before);
    session.dispose();
    return {
        object: "chat.completion",
        choices: [{index: 0, finish_reason: "stop", message: {role: "assistant", content}}],
        usage: {prompt_tokens: used.usedInputTokens, completion_tokens: used.usedOutputTokens},
    };
}

const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => { body += chunk; });
    request.on("end", () => {
        // One sequence answers one question at a time.
        last = last.then(() => complete(JSON.parse(body))).then(
            (answer) => response.writeHead(200, {"Content-Type": "application/json"}).end(JSON.stringify(answer)),
            (error) => response.writeHead(500).end(JSON.stringify({error: {message: String(error)}})),
        );
    });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
