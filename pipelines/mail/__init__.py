"""Mail: safe headers, links, messages, the outbox and the way to the server."""
