INSERT INTO "source" (
  "name", "first_run_at"
) VALUES (
  'nhs_jobs',
  '2026-10-31 12:00:00.000000'
);

INSERT INTO "run" (
  "id", "source", "started_at", "finished_at", "status", "problems", "stats"
) VALUES (
  1,
  'nhs_jobs',
  '2026-10-31 12:00:00.000000',
  '2026-10-31 12:05:00.000000',
  'finished',
  '[]',
  '{"sightings/listed": 2}'
);

INSERT INTO "run" (
  "id", "source", "started_at", "finished_at", "status", "problems", "stats"
) VALUES (
  2,
  'nhs_jobs',
  '2026-11-02 12:00:00.000000',
  '2026-11-02 12:05:00.000000',
  'failed',
  '["1 pages could not be fetched"]',
  '{"sightings/listed": 1}'
);

INSERT INTO "rejected" (
  "id", "run_id", "rejected_at", "source", "reference", "url", "reason", "excerpt"
) VALUES (
  1,
  2,
  '2026-11-02 12:00:00.000000',
  'nhs_jobs',
  'X3',
  'https://jobs.example.org/X3',
  'It has no title.',
  'Vacancy(…)'
);

INSERT INTO "vacancy" (
  "id", "source", "reference", "first_seen", "last_seen", "last_run_id", "closed_at", "end_reason", "earlier_closings", "url", "title", "employer", "summary", "contract_type_raw", "salary_raw", "salary_minimum", "salary_maximum", "salary_period", "closing_date", "posted_at", "places", "staff_group", "relevance", "listing_run_id", "listing_hash", "page_run_id", "page_listing_hash"
) VALUES (
  1,
  'nhs_jobs',
  'X1',
  '2026-10-31 12:00:00.000000',
  '2026-11-02 12:00:00.000000',
  2,
  NULL,
  NULL,
  '[]',
  'https://jobs.example.org/candidate/jobadvert/X1',
  'Health Records Clerk',
  'Vale of Eastmere NHS Foundation Trust',
  'You will file and retrieve case notes …',
  'Permanent',
  '£25272.00',
  25272.0,
  25272.0,
  'year',
  '2026-11-30',
  '2026-10-30 09:15:00.250000',
  '[{"town": "Eastmere", "postcode": "LS1 4AP", "address": "", "county": "", "country": ""}]',
  '',
  100.0,
  1,
  'f88edb6e6701351cecf51d0662a278c34ae513f3a57b3f5819fc5b261810c922',
  2,
  NULL
);

INSERT INTO "vacancy" (
  "id", "source", "reference", "first_seen", "last_seen", "last_run_id", "closed_at", "end_reason", "earlier_closings", "url", "title", "employer", "summary", "contract_type_raw", "salary_raw", "salary_minimum", "salary_maximum", "salary_period", "closing_date", "posted_at", "places", "staff_group", "relevance", "listing_run_id", "listing_hash", "page_run_id", "page_listing_hash"
) VALUES (
  2,
  'nhs_jobs',
  'X2',
  '2026-10-31 12:00:00.000000',
  '2026-10-31 12:00:00.000000',
  1,
  '2026-11-02 12:00:00.000000',
  'withdrawn',
  '[{"closed_at": "2026-10-20T12:00:00+00:00", "end_reason": "withdrawn", "reopened_at": "2026-10-31T12:00:00+00:00"}]',
  'https://jobs.example.org/candidate/jobadvert/X2',
  'Ward Clerk',
  'Vale of Eastmere NHS Foundation Trust',
  'You will file and retrieve case notes …',
  'Permanent',
  '£25272.00',
  25272.0,
  25272.0,
  'year',
  NULL,
  '2026-10-30 09:15:00.250000',
  '[{"town": "Eastmere", "postcode": "LS1 4AP", "address": "", "county": "", "country": ""}]',
  '',
  100.0,
  1,
  '940113ea04dbd36d95a18a03cae465c2c4c4c26b660451030caa93a29e53ca5d',
  1,
  NULL
);

INSERT INTO "advert_version" (
  "id", "vacancy_id", "content_hash", "fetched_at", "checked_at", "is_current", "changed_fields", "archive_file", "archive_record", "url", "title", "employer", "board_reference", "closing_date", "closing_date_raw", "posted_date", "posted_date_raw", "pay_scheme", "band", "band_raw", "salary_raw", "salary_minimum", "salary_maximum", "salary_period", "contract_type_raw", "contract_duration", "working_patterns_raw", "staff_group", "places", "summary", "main_duties", "about_employer", "job_description", "specification", "dbs_check", "sponsorship", "uk_registration", "is_open", "empty_blocks", "reader_version", "matcher_version", "catalogue_version", "facts_version", "no_criteria_reason", "pay_band", "pay_band_basis", "pay_table", "salary_annual_minimum", "salary_annual_maximum", "contract_type", "fixed_term_months", "working_patterns", "postcode", "region", "latitude", "longitude", "coordinates_basis", "driving", "may_close_early"
) VALUES (
  1,
  1,
  '70d7e62dbcb0d5d18504e59f1cbdcc2348814e6b0b3365b2913a58c63166e106',
  '2026-10-31 12:00:00.000000',
  '2026-10-31 12:00:00.000000',
  FALSE,
  '[]',
  NULL,
  NULL,
  'https://jobs.example.org/candidate/jobadvert/X1',
  'Health Records Clerk',
  'Vale of Eastmere NHS Foundation Trust',
  '',
  '2026-11-30',
  'The closing date is 30 November 2026',
  '2026-10-30',
  '30 October 2026',
  'Agenda for change',
  '2',
  'Band 2',
  '£25,272 a year',
  25272.0,
  25272.0,
  'year',
  'Permanent',
  '',
  'Full-time, Part-time',
  '',
  '[{"town": "Eastmere", "postcode": "LS1 4AP", "address": "1 Long Lane", "county": "", "country": "United Kingdom"}]',
  'You will file and retrieve case notes.',
  '',
  '',
  '',
  '[{"kind": "html", "content": "<h3>Skills</h3><h4>Essential</h4><ul><li>Good communication skills</li></ul>", "label": "person specification", "is_specification": true, "url": null}]',
  NULL,
  NULL,
  NULL,
  TRUE,
  '[]',
  '1',
  '1',
  '1',
  '1',
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  '[]',
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  FALSE
);

INSERT INTO "advert_version" (
  "id", "vacancy_id", "content_hash", "fetched_at", "checked_at", "is_current", "changed_fields", "archive_file", "archive_record", "url", "title", "employer", "board_reference", "closing_date", "closing_date_raw", "posted_date", "posted_date_raw", "pay_scheme", "band", "band_raw", "salary_raw", "salary_minimum", "salary_maximum", "salary_period", "contract_type_raw", "contract_duration", "working_patterns_raw", "staff_group", "places", "summary", "main_duties", "about_employer", "job_description", "specification", "dbs_check", "sponsorship", "uk_registration", "is_open", "empty_blocks", "reader_version", "matcher_version", "catalogue_version", "facts_version", "no_criteria_reason", "pay_band", "pay_band_basis", "pay_table", "salary_annual_minimum", "salary_annual_maximum", "contract_type", "fixed_term_months", "working_patterns", "postcode", "region", "latitude", "longitude", "coordinates_basis", "driving", "may_close_early"
) VALUES (
  2,
  2,
  '5d19cbfa9367abf4e70678a4d4daf64cf2b43dd3787751c2fcb439725818fc52',
  '2026-10-31 12:00:00.000000',
  '2026-10-31 12:00:00.000000',
  TRUE,
  '[]',
  NULL,
  NULL,
  'https://jobs.example.org/candidate/jobadvert/X2',
  'Ward Clerk',
  'Vale of Eastmere NHS Foundation Trust',
  '',
  NULL,
  'The closing date is 30 November 2026',
  '2026-10-30',
  '30 October 2026',
  'Agenda for change',
  '2',
  'Band 2',
  '£25,272 a year',
  25272.0,
  25272.0,
  'year',
  'Permanent',
  '',
  'Full-time, Part-time',
  '',
  '[{"town": "Eastmere", "postcode": "LS1 4AP", "address": "1 Long Lane", "county": "", "country": "United Kingdom"}]',
  'You will file and retrieve case notes.',
  '',
  '',
  '',
  '[{"kind": "html", "content": "<h3>Skills</h3><h4>Essential</h4><ul><li>Good communication skills</li></ul>", "label": "person specification", "is_specification": true, "url": null}]',
  NULL,
  NULL,
  NULL,
  TRUE,
  '[]',
  '1',
  '1',
  '1',
  '1',
  'The advert holds no list of criteria.',
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  '[]',
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  FALSE
);

INSERT INTO "advert_version" (
  "id", "vacancy_id", "content_hash", "fetched_at", "checked_at", "is_current", "changed_fields", "archive_file", "archive_record", "url", "title", "employer", "board_reference", "closing_date", "closing_date_raw", "posted_date", "posted_date_raw", "pay_scheme", "band", "band_raw", "salary_raw", "salary_minimum", "salary_maximum", "salary_period", "contract_type_raw", "contract_duration", "working_patterns_raw", "staff_group", "places", "summary", "main_duties", "about_employer", "job_description", "specification", "dbs_check", "sponsorship", "uk_registration", "is_open", "empty_blocks", "reader_version", "matcher_version", "catalogue_version", "facts_version", "no_criteria_reason", "pay_band", "pay_band_basis", "pay_table", "salary_annual_minimum", "salary_annual_maximum", "contract_type", "fixed_term_months", "working_patterns", "postcode", "region", "latitude", "longitude", "coordinates_basis", "driving", "may_close_early"
) VALUES (
  3,
  1,
  '8fca1b64cd34b17ba3d27bd6d1353d24669a18c0284b1551e074730ed4fb25dc',
  '2026-11-02 12:00:00.000000',
  '2026-11-02 12:00:00.000000',
  TRUE,
  '["title"]',
  NULL,
  NULL,
  'https://jobs.example.org/candidate/jobadvert/X1',
  'Health Records Assistant',
  'Vale of Eastmere NHS Foundation Trust',
  '',
  '2026-11-30',
  'The closing date is 30 November 2026',
  '2026-10-30',
  '30 October 2026',
  'Agenda for change',
  '2',
  'Band 2',
  '£25,272 a year',
  25272.0,
  25272.0,
  'year',
  'Permanent',
  '',
  'Full-time, Part-time',
  '',
  '[{"town": "Eastmere", "postcode": "LS1 4AP", "address": "1 Long Lane", "county": "", "country": "United Kingdom"}]',
  'You will file and retrieve case notes.',
  '',
  '',
  '',
  '[{"kind": "html", "content": "<h3>Skills</h3><h4>Essential</h4><ul><li>Good communication skills</li></ul>", "label": "person specification", "is_specification": true, "url": null}]',
  NULL,
  NULL,
  NULL,
  TRUE,
  '[]',
  '1',
  '1',
  '1',
  '1',
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  '[]',
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  FALSE
);

INSERT INTO "criterion" (
  "advert_version_id", "position", "key", "text", "form", "importance", "importance_source", "group_heading", "group_kind", "assessed_by", "stated_importance", "min_level", "experience_alternative", "source_label", "source_url"
) VALUES (
  1,
  1,
  '578efa59b9ba',
  'Good communication skills',
  'list',
  'essential',
  'heading',
  'Skills',
  'skills',
  '["interview"]',
  NULL,
  NULL,
  FALSE,
  'person specification',
  NULL
);

INSERT INTO "criterion" (
  "advert_version_id", "position", "key", "text", "form", "importance", "importance_source", "group_heading", "group_kind", "assessed_by", "stated_importance", "min_level", "experience_alternative", "source_label", "source_url"
) VALUES (
  1,
  2,
  '1e778ec04d25',
  '100% attention – “care” & £; driver''s licence',
  'list',
  'essential',
  'heading',
  'Skills',
  'skills',
  '["interview"]',
  NULL,
  NULL,
  FALSE,
  'person specification',
  NULL
);

INSERT INTO "criterion" (
  "advert_version_id", "position", "key", "text", "form", "importance", "importance_source", "group_heading", "group_kind", "assessed_by", "stated_importance", "min_level", "experience_alternative", "source_label", "source_url"
) VALUES (
  3,
  1,
  '578efa59b9ba',
  'Good communication skills',
  'list',
  'essential',
  'heading',
  'Skills',
  'skills',
  '["interview"]',
  NULL,
  NULL,
  FALSE,
  'person specification',
  NULL
);

INSERT INTO "match" (
  "advert_version_id", "criterion_position", "position", "requirement", "aspect", "importance", "score", "rule", "evidence", "start_offset", "end_offset", "matcher_version", "catalogue_version"
) VALUES (
  1,
  1,
  1,
  'communication',
  NULL,
  'essential',
  92.5,
  'phrase',
  'Good communication skills',
  0,
  25,
  '1',
  '1'
);

INSERT INTO "match" (
  "advert_version_id", "criterion_position", "position", "requirement", "aspect", "importance", "score", "rule", "evidence", "start_offset", "end_offset", "matcher_version", "catalogue_version"
) VALUES (
  1,
  2,
  1,
  'attention-to-detail',
  NULL,
  'essential',
  92.5,
  'phrase',
  '100% attention – “care” & £; driver''s licence',
  0,
  45,
  '1',
  '1'
);

INSERT INTO "match" (
  "advert_version_id", "criterion_position", "position", "requirement", "aspect", "importance", "score", "rule", "evidence", "start_offset", "end_offset", "matcher_version", "catalogue_version"
) VALUES (
  3,
  1,
  1,
  'communication',
  NULL,
  'essential',
  92.5,
  'phrase',
  'Good communication skills',
  0,
  25,
  '1',
  '1'
);
