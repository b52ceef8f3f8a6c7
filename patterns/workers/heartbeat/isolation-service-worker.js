importScripts("/_pyodide_app/runtime/isolation-service-worker.js");
