"""Drawing blocks of the pages that decide: priorities, action plan, deliverables."""
