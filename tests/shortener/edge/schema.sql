CREATE TABLE shortener_linkchange (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    link_id bigint,
    changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE link (link_id bigint PRIMARY KEY, domain text NOT NULL, slug text NOT NULL, payload jsonb NOT NULL);
CREATE TABLE domain (domain text PRIMARY KEY, payload jsonb NOT NULL);
CREATE VIEW shortener_edge_link AS SELECT link_id, domain, slug, payload FROM link;
CREATE VIEW shortener_edge_domain AS SELECT domain, payload FROM domain;
CREATE TABLE shortener_segment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    edge text NOT NULL,
    number bigint NOT NULL,
    "offset" integer NOT NULL,
    body bytea NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (edge, number, "offset")
);
CREATE TABLE shortener_linktotal (link_id bigint PRIMARY KEY, people bigint NOT NULL DEFAULT 0);
