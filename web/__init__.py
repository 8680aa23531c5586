"""The pages of job seekers: subscribe, confirm, manage, leave. Server-rendered, without scripts."""
