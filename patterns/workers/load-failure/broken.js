// A script that cannot be read: somebody has merged two versions of it.
<<<<<<< ours
export const rate = 0.19;
=======
export const rate = 0.2;
>>>>>>> theirs
