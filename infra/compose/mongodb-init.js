// Joins MongoDB's three members to a replica set and makes the user that query-side works as.
// Run by compose.yaml at each start, so every step looks first whether it was done.
const admin = db.getSiblingDB('admin');
admin.auth('root', process.env.ROOT_PASSWORD);

try {
  rs.status();
} catch (e) {
  if (e.codeName !== 'NotYetInitialized') {
    throw e;
  }
  rs.initiate({
    _id: 'keyledger',
    members: [
      // The first one has the root user, so it is the one that is preferred.
      { _id: 0, host: 'mongodb-1:27017', priority: 2 },
      { _id: 1, host: 'mongodb-2:27017' },
      { _id: 2, host: 'mongodb-3:27017' },
    ],
  });
}

const set = Mongo(
  'mongodb://mongodb-1,mongodb-2,mongodb-3/admin?replicaSet=keyledger&serverSelectionTimeoutMS=60000',
);
const primary = set.getDB('admin');
primary.auth('root', process.env.ROOT_PASSWORD);
const views = set.getDB('keyledger');
if (views.getUser('keyledger') === null) {
  views.createUser({
    user: 'keyledger',
    pwd: process.env.SERVICE_PASSWORD,
    roles: [{ role: 'readWrite', db: 'keyledger' }],
  });
}
