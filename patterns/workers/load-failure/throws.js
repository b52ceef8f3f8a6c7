// A script that ends with an exception before it has said hello.

throw new Error("this build is for the test server");
