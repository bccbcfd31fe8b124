SELECT at, act, purpose, version, claim
FROM entry
WHERE at >= ?1
ORDER BY number;
