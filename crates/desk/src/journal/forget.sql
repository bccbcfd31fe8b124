DELETE FROM entry
WHERE at < ?1
    OR number <= (SELECT MAX(number) FROM entry) - ?2;
