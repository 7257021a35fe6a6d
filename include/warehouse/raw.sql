-- The landing tables. No keys or indexes: an ART index is what a killed write can leave
-- inconsistent, and uniqueness is tested by dbt. Every statement can be run again.
create schema if not exists raw;
create schema if not exists ops;

-- One row per portal and batch: the registry as it was when the batch ran.
create table if not exists raw.sources (
    batch_id varchar not null,
    source_id varchar not null,
    source_name varchar not null,
    province_id varchar,          -- key of the provinces seed, null for a national outlet
    base_url varchar not null,
    family varchar
);
-- One row per batch landed, whole.
create table if not exists raw.batches (
    batch_id varchar not null,
    batch_kind varchar not null,  -- contract.BATCH_KINDS
    started_at timestamptz not null,
    landed_at timestamptz not null,
    discovered bigint not null,   -- URLs attempted = the sum of their outcomes
    not_due bigint not null       -- URLs known and not yet due for another visit: no attempt, no row
);
-- One row per document that leads to articles and per batch: robots.txt, feed, sitemap, listing.
create table if not exists raw.discovery_requests (
    batch_id varchar not null,
    source_id varchar not null,
    document_kind varchar not null,  -- robots | feed | sitemap | listing
    url varchar not null,
    outcome varchar not null,        -- contract.DISCOVERY_OUTCOMES
    reason varchar,
    http_status integer,
    links_found integer not null,
    requested_at timestamptz not null
);
-- One row per URL attempted in a batch, in the state in which it ended.
create table if not exists raw.article_outcomes (
    batch_id varchar not null,
    source_id varchar not null,
    url varchar not null,            -- as it was asked for, canonical
    article_id varchar not null,     -- of the story found there; two addresses may lead to one story
    outcome varchar not null,        -- contract.OUTCOMES
    reason varchar,                  -- code, null where the outcome says all; contract.RULE_CHANGED
    detail varchar,
    http_status integer,
    fetched_at timestamptz,
    byte_count bigint,
    warc_file varchar,               -- relative to the data folder
    warc_offset bigint
);
-- One row per version of an article: a new cleaned text. Bytes stay in the WARC file named.
create table if not exists raw.article_versions (
    article_version_id varchar not null,  -- "<article_id>.<version_no>"
    article_id varchar not null,
    version_no integer not null,
    batch_id varchar not null,
    source_id varchar not null,
    url varchar not null,                 -- canonical URL, the article's identity
    title varchar,
    byline varchar,
    body varchar not null,
    published_on date,
    published_at timestamptz,
    published_basis varchar not null,
    family varchar not null,
    fetched_at timestamptz not null,
    content_sha256 varchar not null,  -- of title, byline, body and date: what makes a version
    body_sha256 varchar not null,
    warc_file varchar,
    warc_offset bigint
);
-- The page's sources of its date with their days, where they differ by more than a day. Added like
-- this because earlier versions made the table without it.
alter table raw.article_versions add column if not exists published_conflict varchar;
-- One row per batch built into published marts.
create table if not exists ops.built_batches (
    batch_id varchar not null,
    run_id varchar not null,
    built_at timestamptz not null
);
-- One row per batch that the models hold since their last whole build; published or not.
create table if not exists ops.modelled_batches (
    batch_id varchar not null,
    run_id varchar not null
);
-- One row per time a run began to build the marts; the newest is the one that touched them last.
create table if not exists ops.builds (
    run_id varchar not null,
    started_at timestamptz not null,
    finished_at timestamptz       -- null while dbt works, and for ever where it was killed or a test failed
);
-- Added like this because earlier versions made the table without them: the build's place in their order, what
-- decided about its rows (modelled.rules_digest), and why it built every model anew, null where it did not.
alter table ops.builds add column if not exists build_no integer;
alter table ops.builds add column if not exists rules varchar;
alter table ops.builds add column if not exists all_rows_because varchar;
-- One row per check of a gate in a run.
create table if not exists ops.gate_results (
    run_id varchar not null,
    gate varchar not null,
    check_name varchar not null,
    passed boolean not null,
    failing_rows bigint not null,
    reason varchar,
    judged_at timestamptz not null
);
-- What a failed check does: `stop` holds the run up, `warn` is told and lets it go on. Added like this
-- because earlier versions made the table without it; null there means `stop`.
alter table ops.gate_results add column if not exists severity varchar;
-- One row per run of a stage that has ended, taken in from the journal DATA_DIR/ops/stage_runs.jsonl.
create table if not exists ops.stage_runs (
    stage_run_id varchar not null,
    stage varchar not null,           -- contract.STAGES
    outcome varchar not null,         -- contract.STAGE_OUTCOMES
    reason varchar,                   -- name of the error's class
    message varchar,                  -- the error's first lines
    dag_id varchar,
    dag_run_id varchar,
    try_number integer,
    run_id varchar,                   -- of the build, null for stages before one
    batch_ids varchar,                -- separated by commas
    started_at timestamptz not null,
    finished_at timestamptz,          -- null where it was killed
    seconds double,
    items_in bigint,
    items_out bigint,
    detail varchar                    -- JSON
);
