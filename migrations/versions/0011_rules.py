"""Search tables, read-only views, and rows that are never changed: what models do not say."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATEMENTS = {
    "sqlite": [
        (
            "CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(A"
            "BORT, 'audit_entries is append-only'); END"
        ),
        (
            "CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(A"
            "BORT, 'audit_entries is append-only'); END"
        ),
        (
            "CREATE TRIGGER audit_subjects_no_update BEFORE UPDATE ON audit_subjects BEGIN SELECT RAISE"
            "(ABORT, 'audit_subjects is append-only'); END"
        ),
        (
            "CREATE TRIGGER audit_subjects_no_delete BEFORE DELETE ON audit_subjects BEGIN SELECT RAISE"
            "(ABORT, 'audit_subjects is append-only'); END"
        ),
        (
            "CREATE TRIGGER audit_seals_no_update BEFORE UPDATE ON audit_seals BEGIN SELECT RAISE(ABORT"
            ", 'audit_seals is append-only'); END"
        ),
        (
            "CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals BEGIN SELECT RAISE(ABORT"
            ", 'audit_seals is append-only'); END"
        ),
        (
            "CREATE TRIGGER membership_moves_no_update BEFORE UPDATE ON membership_moves BEGIN SELECT R"
            "AISE(ABORT, 'membership_moves is append-only'); END"
        ),
        (
            "CREATE TRIGGER membership_moves_no_delete BEFORE DELETE ON membership_moves BEGIN SELECT R"
            "AISE(ABORT, 'membership_moves is append-only'); END"
        ),
        (
            "CREATE TABLE IF NOT EXISTS search_products (key INTEGER PRIMARY KEY, id INTEGER NOT NULL, "
            "price INTEGER NOT NULL, facets TEXT NOT NULL, title TEXT NOT NULL)"
        ),
        "CREATE UNIQUE INDEX IF NOT EXISTS search_products_id ON search_products (id)",
        "CREATE INDEX IF NOT EXISTS search_products_price ON search_products (price)",
        (
            "CREATE VIRTUAL TABLE IF NOT EXISTS search_products_text USING fts5(tokens, content='', con"
            "tentless_delete=1, detail=none, tokenize=\"ascii tokenchars '@=!#$+:._-/'\")"
        ),
        (
            "CREATE TABLE IF NOT EXISTS search_products_words (word TEXT PRIMARY KEY, documents INTEGER"
            " NOT NULL) WITHOUT ROWID"
        ),
        (
            "CREATE TABLE IF NOT EXISTS search_products_near (key TEXT NOT NULL, word TEXT NOT NULL, PR"
            "IMARY KEY (key, word)) WITHOUT ROWID"
        ),
        (
            "CREATE TRIGGER payment_entries_no_update BEFORE UPDATE ON payment_entries BEGIN SELECT RAI"
            "SE(ABORT, 'payment_entries is append-only'); END"
        ),
        (
            "CREATE TRIGGER payment_entries_no_delete BEFORE DELETE ON payment_entries BEGIN SELECT RAI"
            "SE(ABORT, 'payment_entries is append-only'); END"
        ),
        (
            "CREATE TRIGGER payment_reports_no_update BEFORE UPDATE ON payment_reports BEGIN SELECT RAI"
            "SE(ABORT, 'payment_reports is append-only'); END"
        ),
        (
            "CREATE TRIGGER payment_reports_no_delete BEFORE DELETE ON payment_reports BEGIN SELECT RAI"
            "SE(ABORT, 'payment_reports is append-only'); END"
        ),
        (
            "CREATE TRIGGER stock_moves_no_update BEFORE UPDATE ON stock_moves BEGIN SELECT RAISE(ABORT"
            ", 'stock_moves is append-only'); END"
        ),
        (
            "CREATE TRIGGER stock_moves_no_delete BEFORE DELETE ON stock_moves BEGIN SELECT RAISE(ABORT"
            ", 'stock_moves is append-only'); END"
        ),
        (
            "CREATE TRIGGER order_answers_no_update BEFORE UPDATE ON order_answers BEGIN SELECT RAISE(A"
            "BORT, 'order_answers is append-only'); END"
        ),
        (
            "CREATE TRIGGER order_answers_no_delete BEFORE DELETE ON order_answers BEGIN SELECT RAISE(A"
            "BORT, 'order_answers is append-only'); END"
        ),
        (
            "CREATE TRIGGER order_answer_lines_no_update BEFORE UPDATE ON order_answer_lines BEGIN SELE"
            "CT RAISE(ABORT, 'order_answer_lines is append-only'); END"
        ),
        (
            "CREATE TRIGGER order_answer_lines_no_delete BEFORE DELETE ON order_answer_lines BEGIN SELE"
            "CT RAISE(ABORT, 'order_answer_lines is append-only'); END"
        ),
        (
            "CREATE VIEW v_product AS SELECT p.id, p.cooperative_id AS coop_id, s.unit, s.initial / 100"
            "0.0 AS initial_qty, s.on_hand / 1000.0 AS on_hand, s.reserved / 1000.0 AS reserved FROM st"
            "ocks s JOIN products p ON p.id = s.product_id WHERE s.week = ''"
        ),
        (
            "CREATE VIEW v_stock_move AS SELECT m.id, s.product_id, m.quantity / 1000.0 AS qty, m.kind,"
            " CASE WHEN c.holder IS NULL THEN m.cause ELSE c.holder END AS ref, m.at FROM stock_moves m"
            " JOIN stocks s ON s.id = m.stock_id LEFT JOIN claims c ON c.id = m.claim_id"
        ),
        (
            "CREATE VIEW v_claim AS SELECT c.id, s.product_id, c.kind, c.state, c.quantity / 1000.0 AS "
            "qty, c.handed_over / 1000.0 AS handed_over, c.holder, c.expires_at FROM claims c JOIN stoc"
            "ks s ON s.id = c.stock_id"
        ),
        (
            "CREATE VIEW v_order AS SELECT o.id, o.ref, g.ref AS group_ref, g.person_id AS buyer_id, o."
            "cooperative_id AS coop_id, o.placed_at, o.state AS status, o.total, 'VND' AS currency FROM"
            " orders o JOIN order_groups g ON g.id = o.group_id"
        ),
        (
            "CREATE VIEW v_order_line AS SELECT l.order_id, l.product_id, COALESCE(l.accepted, l.asked)"
            " / 1000.0 AS qty, l.unit_price, l.line_total FROM order_lines l"
        ),
        (
            "CREATE VIEW v_payment AS SELECT e.id, o.ref AS order_ref, c.method AS provider, e.provider"
            "_ref, e.provider_ref AS event_ref, e.amount, 'VND' AS currency, e.kind AS state, e.at FROM"
            " payment_entries e JOIN charges c ON c.id = e.charge_id JOIN orders o ON o.id = c.subject_"
            "id AND c.purpose = 'order' WHERE e.kind IN ('confirmed', 'refunded')"
        ),
        "CREATE VIEW v_outbox AS SELECT id, key, sent_at FROM letters",
        (
            "CREATE VIEW v_audit AS SELECT s.seq, e.at, e.actor_id AS actor, u.subject || ':' || u.subj"
            "ect_id AS object, e.kind AS action, s.prev_hash, s.hash FROM audit_seals s JOIN audit_entr"
            "ies e ON e.id = s.entry_id LEFT JOIN audit_subjects u ON u.entry_id = e.id"
        ),
    ],
    "postgresql": [
        (
            "CREATE OR REPLACE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RA"
            "ISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
        ),
        (
            "CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries FOR EACH"
            " ROW EXECUTE FUNCTION forbid_change()"
        ),
        (
            "CREATE TRIGGER audit_subjects_append_only BEFORE UPDATE OR DELETE ON audit_subjects FOR EA"
            "CH ROW EXECUTE FUNCTION forbid_change()"
        ),
        (
            "CREATE TRIGGER audit_seals_append_only BEFORE UPDATE OR DELETE ON audit_seals FOR EACH ROW"
            " EXECUTE FUNCTION forbid_change()"
        ),
        (
            "CREATE OR REPLACE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RA"
            "ISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
        ),
        (
            "CREATE TRIGGER membership_moves_append_only BEFORE UPDATE OR DELETE ON membership_moves FO"
            "R EACH ROW EXECUTE FUNCTION forbid_change()"
        ),
        (
            "CREATE TABLE IF NOT EXISTS search_products (key bigint PRIMARY KEY, id bigint NOT NULL, ti"
            "er smallint NOT NULL, price bigint NOT NULL, facets text NOT NULL, title text NOT NULL, to"
            "kens tsvector NOT NULL, filler text NOT NULL DEFAULT repeat(' ', 2000)) WITH (toast_tuple_"
            "target = 256)"
        ),
        (
            "ALTER TABLE search_products ALTER tokens SET STORAGE EXTERNAL, ALTER facets SET STORAGE MA"
            "IN, ALTER title SET STORAGE MAIN"
        ),
        "CREATE UNIQUE INDEX IF NOT EXISTS search_products_id ON search_products (id)",
        "CREATE INDEX IF NOT EXISTS search_products_price ON search_products (price, key)",
        (
            "CREATE INDEX IF NOT EXISTS search_products_tier_0 ON search_products USING gin (tokens) WI"
            "TH (fastupdate = off) WHERE tier = 0"
        ),
        (
            "CREATE INDEX IF NOT EXISTS search_products_tier_1 ON search_products USING gin (tokens) WI"
            "TH (fastupdate = off) WHERE tier = 1"
        ),
        (
            "CREATE INDEX IF NOT EXISTS search_products_tier_2 ON search_products USING gin (tokens) WI"
            "TH (fastupdate = off) WHERE tier = 2"
        ),
        (
            "CREATE INDEX IF NOT EXISTS search_products_tier_3 ON search_products USING gin (tokens) WI"
            "TH (fastupdate = off) WHERE tier = 3"
        ),
        (
            "CREATE INDEX IF NOT EXISTS search_products_tier_4 ON search_products USING gin (tokens) WI"
            "TH (fastupdate = off) WHERE tier = 4"
        ),
        (
            "CREATE INDEX IF NOT EXISTS search_products_tier_5 ON search_products USING gin (tokens) WI"
            "TH (fastupdate = off) WHERE tier = 5"
        ),
        (
            "CREATE INDEX IF NOT EXISTS search_products_tier_6 ON search_products USING gin (tokens) WI"
            "TH (fastupdate = off) WHERE tier = 6"
        ),
        (
            "CREATE INDEX IF NOT EXISTS search_products_tier_7 ON search_products USING gin (tokens) WI"
            "TH (fastupdate = off) WHERE tier = 7"
        ),
        (
            "CREATE INDEX IF NOT EXISTS search_products_tier_8 ON search_products USING gin (tokens) WI"
            "TH (fastupdate = off) WHERE tier = 8"
        ),
        (
            "CREATE TABLE IF NOT EXISTS search_products_tiers (tier smallint PRIMARY KEY, last_key bigi"
            "nt NOT NULL)"
        ),
        (
            'CREATE TABLE IF NOT EXISTS search_products_words (word text COLLATE "C" PRIMARY KEY, docum'
            "ents integer NOT NULL)"
        ),
        (
            'CREATE TABLE IF NOT EXISTS search_products_near (key text COLLATE "C", word text COLLATE "'
            'C", PRIMARY KEY (key, word))'
        ),
        (
            "\n            CREATE OR REPLACE FUNCTION search_products_gather(\n                wanted_all"
            " tsquery[], fresh boolean,\n                after bigint, low bigint, high bigint, most int"
            "eger)\n            RETURNS TABLE (stage integer, hits integer, keys text, prices text, face"
            "ts text)\n            LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan"
            " = off SET jit = off AS $body$\n            #variable_conflict use_column\n            DECLA"
            "RE\n                wanted tsquery; known bigint[]; gathered bigint[] := '{}';\n            "
            "    beyond bigint := after; found integer := 0;\n                ends bigint[] := ARRAY(SEL"
            "ECT last_key FROM search_products_tiers ORDER BY tier);\n            BEGIN\n                "
            "stage := 0;\n                FOREACH wanted IN ARRAY wanted_all LOOP\n                    kn"
            "own := CASE WHEN fresh THEN gathered ELSE '{}' END;\n                    \n            IF be"
            "yond < coalesce(ends[1], 9007199254740992) THEN\n                SELECT count(*), string_ag"
            "g(hit.key::text, ','), string_agg(hit.price::text, ','),\n                string_agg(hit.fa"
            "cets, chr(10)) INTO hits, keys, prices, facets FROM (\n                    SELECT e.key, e."
            "price, e.facets FROM search_products e\n                    WHERE e.tier = 0 AND e.tokens @"
            "@ wanted\n                        AND e.key NOT IN (SELECT unnest(known))\n                 "
            "       AND e.key + 0 > beyond AND e.price + 0 BETWEEN low AND high\n                    ORD"
            "ER BY e.key LIMIT most - found) hit;\n                IF hits > 0 THEN\n                    "
            "RETURN NEXT;\n                    gathered := gathered || string_to_array(keys, ',')::bigin"
            "t[];\n                END IF;\n                found := found + hits;\n                IF fou"
            "nd >= most THEN RETURN; END IF;\n            END IF;\n\n            IF beyond < coalesce(ends"
            "[2], 9007199254740992) THEN\n                SELECT count(*), string_agg(hit.key::text, ','"
            "), string_agg(hit.price::text, ','),\n                string_agg(hit.facets, chr(10)) INTO "
            "hits, keys, prices, facets FROM (\n                    SELECT e.key, e.price, e.facets FROM"
            " search_products e\n                    WHERE e.tier = 1 AND e.tokens @@ wanted\n           "
            "             AND e.key NOT IN (SELECT unnest(known))\n                        AND e.key + 0"
            " > beyond AND e.price + 0 BETWEEN low AND high\n                    ORDER BY e.key LIMIT mo"
            "st - found) hit;\n                IF hits > 0 THEN\n                    RETURN NEXT;\n       "
            "             gathered := gathered || string_to_array(keys, ',')::bigint[];\n               "
            " END IF;\n                found := found + hits;\n                IF found >= most THEN RETU"
            "RN; END IF;\n            END IF;\n\n            IF beyond < coalesce(ends[3], 900719925474099"
            "2) THEN\n                SELECT count(*), string_agg(hit.key::text, ','), string_agg(hit.pr"
            "ice::text, ','),\n                string_agg(hit.facets, chr(10)) INTO hits, keys, prices, "
            "facets FROM (\n                    SELECT e.key, e.price, e.facets FROM search_products e\n "
            "                   WHERE e.tier = 2 AND e.tokens @@ wanted\n                        AND e.k"
            "ey NOT IN (SELECT unnest(known))\n                        AND e.key + 0 > beyond AND e.pric"
            "e + 0 BETWEEN low AND high\n                    ORDER BY e.key LIMIT most - found) hit;\n   "
            "             IF hits > 0 THEN\n                    RETURN NEXT;\n                    gathere"
            "d := gathered || string_to_array(keys, ',')::bigint[];\n                END IF;\n           "
            "     found := found + hits;\n                IF found >= most THEN RETURN; END IF;\n        "
            "    END IF;\n\n            IF beyond < coalesce(ends[4], 9007199254740992) THEN\n            "
            "    SELECT count(*), string_agg(hit.key::text, ','), string_agg(hit.price::text, ','),\n   "
            "             string_agg(hit.facets, chr(10)) INTO hits, keys, prices, facets FROM (\n      "
            "              SELECT e.key, e.price, e.facets FROM search_products e\n                    W"
            "HERE e.tier = 3 AND e.tokens @@ wanted\n                        AND e.key NOT IN (SELECT un"
            "nest(known))\n                        AND e.key + 0 > beyond AND e.price + 0 BETWEEN low AN"
            "D high\n                    ORDER BY e.key LIMIT most - found) hit;\n                IF hits"
            " > 0 THEN\n                    RETURN NEXT;\n                    gathered := gathered || str"
            "ing_to_array(keys, ',')::bigint[];\n                END IF;\n                found := found "
            "+ hits;\n                IF found >= most THEN RETURN; END IF;\n            END IF;\n\n       "
            "     IF beyond < coalesce(ends[5], 9007199254740992) THEN\n                SELECT count(*),"
            " string_agg(hit.key::text, ','), string_agg(hit.price::text, ','),\n                string_"
            "agg(hit.facets, chr(10)) INTO hits, keys, prices, facets FROM (\n                    SELECT"
            " e.key, e.price, e.facets FROM search_products e\n                    WHERE e.tier = 4 AND "
            "e.tokens @@ wanted\n                        AND e.key NOT IN (SELECT unnest(known))\n       "
            "                 AND e.key + 0 > beyond AND e.price + 0 BETWEEN low AND high\n             "
            "       ORDER BY e.key LIMIT most - found) hit;\n                IF hits > 0 THEN\n          "
            "          RETURN NEXT;\n                    gathered := gathered || string_to_array(keys, '"
            ",')::bigint[];\n                END IF;\n                found := found + hits;\n            "
            "    IF found >= most THEN RETURN; END IF;\n            END IF;\n\n            IF beyond < coa"
            "lesce(ends[6], 9007199254740992) THEN\n                SELECT count(*), string_agg(hit.key:"
            ":text, ','), string_agg(hit.price::text, ','),\n                string_agg(hit.facets, chr("
            "10)) INTO hits, keys, prices, facets FROM (\n                    SELECT e.key, e.price, e.f"
            "acets FROM search_products e\n                    WHERE e.tier = 5 AND e.tokens @@ wanted\n "
            "                       AND e.key NOT IN (SELECT unnest(known))\n                        AND"
            " e.key + 0 > beyond AND e.price + 0 BETWEEN low AND high\n                    ORDER BY e.ke"
            "y LIMIT most - found) hit;\n                IF hits > 0 THEN\n                    RETURN NEX"
            "T;\n                    gathered := gathered || string_to_array(keys, ',')::bigint[];\n     "
            "           END IF;\n                found := found + hits;\n                IF found >= most"
            " THEN RETURN; END IF;\n            END IF;\n\n            IF beyond < coalesce(ends[7], 90071"
            "99254740992) THEN\n                SELECT count(*), string_agg(hit.key::text, ','), string_"
            "agg(hit.price::text, ','),\n                string_agg(hit.facets, chr(10)) INTO hits, keys"
            ", prices, facets FROM (\n                    SELECT e.key, e.price, e.facets FROM search_pr"
            "oducts e\n                    WHERE e.tier = 6 AND e.tokens @@ wanted\n                     "
            "   AND e.key NOT IN (SELECT unnest(known))\n                        AND e.key + 0 > beyond "
            "AND e.price + 0 BETWEEN low AND high\n                    ORDER BY e.key LIMIT most - found"
            ") hit;\n                IF hits > 0 THEN\n                    RETURN NEXT;\n                 "
            "   gathered := gathered || string_to_array(keys, ',')::bigint[];\n                END IF;\n "
            "               found := found + hits;\n                IF found >= most THEN RETURN; END IF"
            ";\n            END IF;\n\n            IF beyond < coalesce(ends[8], 9007199254740992) THEN\n  "
            "              SELECT count(*), string_agg(hit.key::text, ','), string_agg(hit.price::text,"
            " ','),\n                string_agg(hit.facets, chr(10)) INTO hits, keys, prices, facets FRO"
            "M (\n                    SELECT e.key, e.price, e.facets FROM search_products e\n           "
            "         WHERE e.tier = 7 AND e.tokens @@ wanted\n                        AND e.key NOT IN "
            "(SELECT unnest(known))\n                        AND e.key + 0 > beyond AND e.price + 0 BETW"
            "EEN low AND high\n                    ORDER BY e.key LIMIT most - found) hit;\n             "
            "   IF hits > 0 THEN\n                    RETURN NEXT;\n                    gathered := gathe"
            "red || string_to_array(keys, ',')::bigint[];\n                END IF;\n                found"
            " := found + hits;\n                IF found >= most THEN RETURN; END IF;\n            END IF"
            ";\n\n            IF beyond < coalesce(ends[9], 9007199254740992) THEN\n                SELECT"
            " count(*), string_agg(hit.key::text, ','), string_agg(hit.price::text, ','),\n             "
            "   string_agg(hit.facets, chr(10)) INTO hits, keys, prices, facets FROM (\n                "
            "    SELECT e.key, e.price, e.facets FROM search_products e\n                    WHERE e.tie"
            "r = 8 AND e.tokens @@ wanted\n                        AND e.key NOT IN (SELECT unnest(known"
            "))\n                        AND e.key + 0 > beyond AND e.price + 0 BETWEEN low AND high\n   "
            "                 ORDER BY e.key LIMIT most - found) hit;\n                IF hits > 0 THEN\n"
            "                    RETURN NEXT;\n                    gathered := gathered || string_to_arr"
            "ay(keys, ',')::bigint[];\n                END IF;\n                found := found + hits;\n  "
            "              IF found >= most THEN RETURN; END IF;\n            END IF;\n                  "
            "  beyond := -1;\n                    stage := stage + 1;\n                END LOOP;\n        "
            "    END $body$"
        ),
        (
            "\n            CREATE OR REPLACE FUNCTION search_products_sorted(\n                wanted tsq"
            "uery, low bigint, high bigint, way integer,\n                after_place bigint, after_key "
            "bigint, most integer)\n            RETURNS TABLE (key bigint, price bigint)\n            LAN"
            "GUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan = off SET jit = off AS "
            "$body$\n            BEGIN\n                IF way = 0 THEN RETURN QUERY SELECT m.key, m.pric"
            "e FROM (SELECT e.key, e.price, e.id FROM search_products e WHERE e.tier = 0 AND e.tokens @"
            "@ wanted AND e.price + 0 BETWEEN low AND high UNION ALL SELECT e.key, e.price, e.id FROM s"
            "earch_products e WHERE e.tier = 1 AND e.tokens @@ wanted AND e.price + 0 BETWEEN low AND h"
            "igh UNION ALL SELECT e.key, e.price, e.id FROM search_products e WHERE e.tier = 2 AND e.to"
            "kens @@ wanted AND e.price + 0 BETWEEN low AND high UNION ALL SELECT e.key, e.price, e.id "
            "FROM search_products e WHERE e.tier = 3 AND e.tokens @@ wanted AND e.price + 0 BETWEEN low"
            " AND high UNION ALL SELECT e.key, e.price, e.id FROM search_products e WHERE e.tier = 4 AN"
            "D e.tokens @@ wanted AND e.price + 0 BETWEEN low AND high UNION ALL SELECT e.key, e.price,"
            " e.id FROM search_products e WHERE e.tier = 5 AND e.tokens @@ wanted AND e.price + 0 BETWE"
            "EN low AND high UNION ALL SELECT e.key, e.price, e.id FROM search_products e WHERE e.tier "
            "= 6 AND e.tokens @@ wanted AND e.price + 0 BETWEEN low AND high UNION ALL SELECT e.key, e."
            "price, e.id FROM search_products e WHERE e.tier = 7 AND e.tokens @@ wanted AND e.price + 0"
            " BETWEEN low AND high UNION ALL SELECT e.key, e.price, e.id FROM search_products e WHERE e"
            ".tier = 8 AND e.tokens @@ wanted AND e.price + 0 BETWEEN low AND high) m\n                W"
            "HERE (m.price, m.key) > (after_place, after_key) ORDER BY m.price, m.key LIMIT most; END I"
            "F;\nIF way = 1 THEN RETURN QUERY SELECT m.key, m.price FROM (SELECT e.key, e.price, e.id FR"
            "OM search_products e WHERE e.tier = 0 AND e.tokens @@ wanted AND e.price + 0 BETWEEN low A"
            "ND high UNION ALL SELECT e.key, e.price, e.id FROM search_products e WHERE e.tier = 1 AND "
            "e.tokens @@ wanted AND e.price + 0 BETWEEN low AND high UNION ALL SELECT e.key, e.price, e"
            ".id FROM search_products e WHERE e.tier = 2 AND e.tokens @@ wanted AND e.price + 0 BETWEEN"
            " low AND high UNION ALL SELECT e.key, e.price, e.id FROM search_products e WHERE e.tier = "
            "3 AND e.tokens @@ wanted AND e.price + 0 BETWEEN low AND high UNION ALL SELECT e.key, e.pr"
            "ice, e.id FROM search_products e WHERE e.tier = 4 AND e.tokens @@ wanted AND e.price + 0 B"
            "ETWEEN low AND high UNION ALL SELECT e.key, e.price, e.id FROM search_products e WHERE e.t"
            "ier = 5 AND e.tokens @@ wanted AND e.price + 0 BETWEEN low AND high UNION ALL SELECT e.key"
            ", e.price, e.id FROM search_products e WHERE e.tier = 6 AND e.tokens @@ wanted AND e.price"
            " + 0 BETWEEN low AND high UNION ALL SELECT e.key, e.price, e.id FROM search_products e WHE"
            "RE e.tier = 7 AND e.tokens @@ wanted AND e.price + 0 BETWEEN low AND high UNION ALL SELECT"
            " e.key, e.price, e.id FROM search_products e WHERE e.tier = 8 AND e.tokens @@ wanted AND e"
            ".price + 0 BETWEEN low AND high) m\n                WHERE (m.price, m.key) < (after_place, "
            "after_key) ORDER BY m.price DESC, m.key DESC LIMIT most; END IF;\nIF way = 2 THEN RETURN QU"
            "ERY SELECT m.key, m.price FROM (SELECT e.key, e.price, e.id FROM search_products e WHERE e"
            ".tier = 0 AND e.tokens @@ wanted AND e.price + 0 BETWEEN low AND high UNION ALL SELECT e.k"
            "ey, e.price, e.id FROM search_products e WHERE e.tier = 1 AND e.tokens @@ wanted AND e.pri"
            "ce + 0 BETWEEN low AND high UNION ALL SELECT e.key, e.price, e.id FROM search_products e W"
            "HERE e.tier = 2 AND e.tokens @@ wanted AND e.price + 0 BETWEEN low AND high UNION ALL SELE"
            "CT e.key, e.price, e.id FROM search_products e WHERE e.tier = 3 AND e.tokens @@ wanted AND"
            " e.price + 0 BETWEEN low AND high UNION ALL SELECT e.key, e.price, e.id FROM search_produc"
            "ts e WHERE e.tier = 4 AND e.tokens @@ wanted AND e.price + 0 BETWEEN low AND high UNION AL"
            "L SELECT e.key, e.price, e.id FROM search_products e WHERE e.tier = 5 AND e.tokens @@ want"
            "ed AND e.price + 0 BETWEEN low AND high UNION ALL SELECT e.key, e.price, e.id FROM search_"
            "products e WHERE e.tier = 6 AND e.tokens @@ wanted AND e.price + 0 BETWEEN low AND high UN"
            "ION ALL SELECT e.key, e.price, e.id FROM search_products e WHERE e.tier = 7 AND e.tokens @"
            "@ wanted AND e.price + 0 BETWEEN low AND high UNION ALL SELECT e.key, e.price, e.id FROM s"
            "earch_products e WHERE e.tier = 8 AND e.tokens @@ wanted AND e.price + 0 BETWEEN low AND h"
            "igh) m\n                WHERE m.id < after_key ORDER BY m.id DESC LIMIT most; END IF;\n     "
            "       END $body$"
        ),
        (
            "\n            CREATE OR REPLACE FUNCTION search_products_put(\n                new_key bigin"
            "t, new_id bigint, new_price bigint, new_facets text, new_title text,\n                new_t"
            "okens text[], new_words text[])\n            RETURNS text[] LANGUAGE plpgsql AS $body$\n    "
            "        DECLARE\n                fresh text[];\n            BEGIN\n                DELETE FRO"
            "M search_products WHERE id = new_id;\n                INSERT INTO search_products (key, id,"
            " tier, price, facets, title, tokens)\n                    VALUES (new_key, new_id, coalesce"
            "((SELECT min(tier) FROM search_products_tiers WHERE last_key >= new_key), 8), new_price,\n "
            "                   new_facets, new_title, array_to_tsvector(new_tokens));\n                "
            "WITH learnt AS (\n                    INSERT INTO search_products_words SELECT word, 1 FROM"
            " unnest(new_words) AS word\n                    ON CONFLICT DO NOTHING RETURNING word)\n    "
            "            SELECT array_agg(word) INTO fresh FROM learnt;\n                RETURN fresh;\n "
            "           END $body$"
        ),
        (
            "CREATE OR REPLACE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RA"
            "ISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
        ),
        (
            "CREATE TRIGGER payment_entries_append_only BEFORE UPDATE OR DELETE ON payment_entries FOR "
            "EACH ROW EXECUTE FUNCTION forbid_change()"
        ),
        (
            "CREATE TRIGGER payment_reports_append_only BEFORE UPDATE OR DELETE ON payment_reports FOR "
            "EACH ROW EXECUTE FUNCTION forbid_change()"
        ),
        (
            "CREATE OR REPLACE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RA"
            "ISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
        ),
        (
            "CREATE TRIGGER stock_moves_append_only BEFORE UPDATE OR DELETE ON stock_moves FOR EACH ROW"
            " EXECUTE FUNCTION forbid_change()"
        ),
        (
            "CREATE OR REPLACE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RA"
            "ISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
        ),
        (
            "CREATE TRIGGER order_answers_append_only BEFORE UPDATE OR DELETE ON order_answers FOR EACH"
            " ROW EXECUTE FUNCTION forbid_change()"
        ),
        (
            "CREATE TRIGGER order_answer_lines_append_only BEFORE UPDATE OR DELETE ON order_answer_line"
            "s FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        ),
        (
            "CREATE VIEW v_product AS SELECT p.id, p.cooperative_id AS coop_id, s.unit, s.initial / 100"
            "0.0 AS initial_qty, s.on_hand / 1000.0 AS on_hand, s.reserved / 1000.0 AS reserved FROM st"
            "ocks s JOIN products p ON p.id = s.product_id WHERE s.week = ''"
        ),
        (
            "CREATE VIEW v_stock_move AS SELECT m.id, s.product_id, m.quantity / 1000.0 AS qty, m.kind,"
            " CASE WHEN c.holder IS NULL THEN m.cause ELSE c.holder END AS ref, m.at FROM stock_moves m"
            " JOIN stocks s ON s.id = m.stock_id LEFT JOIN claims c ON c.id = m.claim_id"
        ),
        (
            "CREATE VIEW v_claim AS SELECT c.id, s.product_id, c.kind, c.state, c.quantity / 1000.0 AS "
            "qty, c.handed_over / 1000.0 AS handed_over, c.holder, c.expires_at FROM claims c JOIN stoc"
            "ks s ON s.id = c.stock_id"
        ),
        (
            "CREATE VIEW v_order AS SELECT o.id, o.ref, g.ref AS group_ref, g.person_id AS buyer_id, o."
            "cooperative_id AS coop_id, o.placed_at, o.state AS status, o.total, 'VND' AS currency FROM"
            " orders o JOIN order_groups g ON g.id = o.group_id"
        ),
        (
            "CREATE VIEW v_order_line AS SELECT l.order_id, l.product_id, COALESCE(l.accepted, l.asked)"
            " / 1000.0 AS qty, l.unit_price, l.line_total FROM order_lines l"
        ),
        (
            "CREATE VIEW v_payment AS SELECT e.id, o.ref AS order_ref, c.method AS provider, e.provider"
            "_ref, e.provider_ref AS event_ref, e.amount, 'VND' AS currency, e.kind AS state, e.at FROM"
            " payment_entries e JOIN charges c ON c.id = e.charge_id JOIN orders o ON o.id = c.subject_"
            "id AND c.purpose = 'order' WHERE e.kind IN ('confirmed', 'refunded')"
        ),
        "CREATE VIEW v_outbox AS SELECT id, key, sent_at FROM letters",
        (
            "CREATE VIEW v_audit AS SELECT s.seq, e.at, e.actor_id AS actor, u.subject || ':' || u.subj"
            "ect_id AS object, e.kind AS action, s.prev_hash, s.hash FROM audit_seals s JOIN audit_entr"
            "ies e ON e.id = s.entry_id LEFT JOIN audit_subjects u ON u.entry_id = e.id"
        ),
    ],
}


def upgrade() -> None:
    connection = op.get_bind()
    for statement in STATEMENTS[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
