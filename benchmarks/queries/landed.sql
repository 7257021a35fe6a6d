-- What landing, extraction, gates and the run ledger would leave of the articles of stories.sql, which has run
-- on the same connection.

-- A batch a month from 2014 on, so that every portal has nights with and without news.
create temp table months_landed as
select
    cast(month_start as date) as month_start,
    strftime(month_start, 'crawl-%Y%m') as batch_id,
    month_start + interval 1 month + interval 19 hours as started_at
from generate_series(timestamp '2014-01-01', timestamp '2026-03-01', interval 1 month) as months (month_start);

insert into raw.sources
select batch_id, source_id, source_name, province_id, 'https://' || source_id || '.example/', null
from months_landed cross join portals;

insert into raw.article_versions by name
select
    article_id || '.' || version_no as article_version_id,
    article_id,
    version_no,
    strftime(published_on + interval 1 month * (version_no - 1), 'crawl-%Y%m') as batch_id,
    source_id,
    url,
    title,
    'Phóng viên ' || n % 40 as byline,
    body,
    published_on,
    published_on + interval 9 hours as published_at,
    'metadata' as published_basis,
    'onecms' as family,
    published_on + interval 20 hours + interval 1 month * (version_no - 1) as fetched_at,
    sha256(title || body) as content_sha256,
    body_sha256,
    strftime(published_on, 'landing/crawl-%Y%m/warc/1.warc.gz') as warc_file,
    n as warc_offset
from readings;

insert into raw.article_outcomes by name
select
    batch_id, source_id, url, article_id, 'loaded' as outcome, 200 as http_status, fetched_at,
    length(body) * 9 as byte_count, warc_file, warc_offset
from raw.article_versions
union all by name
select
    strftime(published_on + interval 2 month, 'crawl-%Y%m') as batch_id,
    source_id,
    url,
    article_id,
    case when n % 50 = 3 then 'failed' else 'unchanged' end as outcome,
    case when n % 50 = 3 then 'not_found' end as reason,
    case when n % 50 = 3 then 404 else 304 end as http_status,
    published_on + interval 2 month as fetched_at
from readings
where version_no = 1 and published_on < date '2025-10-01';

insert into raw.discovery_requests
select
    batch_id, source_id, kinds.kind, 'https://' || source_id || '.example/' || kinds.path, 'read', null, 200, kinds.links,
    started_at
from months_landed
cross join portals
cross join (values ('robots', 'robots.txt', 1), ('listing', 'kinh-te/', 30)) as kinds (kind, path, links);

insert into raw.batches
select batch_id, 'crawl', months_landed.started_at, months_landed.started_at + interval 1 hour, count(*), 0
from raw.article_outcomes inner join months_landed using (batch_id)
group by all;

insert into intermediate.int_article_readings
select
    article_id || '.' || version_no as article_version_id,
    getvariable('extractor_version') as extractor_version,
    md5(sha256(title || body) || chr(31) || name_vi) as input_key,
    cast(reading as varchar) as reading
from readings;

-- Every batch was gated and built by a run of the month.
insert into ops.builds (run_id, started_at, finished_at)
select 'build-' || batch_id, landed_at, landed_at + interval 10 minutes from raw.batches;

insert into ops.built_batches
select batch_id, 'build-' || batch_id, landed_at + interval 10 minutes from raw.batches;

insert into ops.gate_results
select 'build-' || batch_id, gates.gate, gates.check_name, true, 0, null, landed_at + interval 9 minutes, 'stop'
from raw.batches
cross join (values ('landed', 'outcomes_add_up'), ('marts', 'articles_did_not_shrink')) as gates (gate, check_name);

insert into ops.stage_runs by name
select
    batch_id || '-' || stages.stage as stage_run_id,
    stages.stage,
    'ok' as outcome,
    'build-' || batch_id as run_id,
    batch_id as batch_ids,
    landed_at + interval 1 minute * stages.minute as started_at,
    landed_at + interval 1 minute * (stages.minute + 1) as finished_at,
    60 as seconds,
    discovered as items_in,
    discovered as items_out
from raw.batches
cross join (values ('judge_landed', 0), ('build', 1), ('judge_marts', 9)) as stages (stage, minute);
