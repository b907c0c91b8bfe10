-- A user's opinions of products are hides as well as dislikes.
DROP INDEX opinions_of_user;
CREATE INDEX opinions_of_user ON events (user_id, time, event_id)
  WHERE type IN ('dislike', 'undo_dislike', 'hide', 'undo_hide');
