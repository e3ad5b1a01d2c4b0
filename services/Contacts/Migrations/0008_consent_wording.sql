-- What somebody agreed to, word by word: a version alone proves nothing once the text is gone.
alter table consent add column wording text;
