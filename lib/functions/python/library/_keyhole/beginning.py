"""What every interpreter has loaded before any function's code: done once, and kept in the memory snapshot from which all others start."""

# ruff: noqa: F401
import asyncio
import base64
import calendar
import collections
import csv
import dataclasses
import datetime
import decimal
import email.utils
import enum
import functools
import hashlib
import hmac
import itertools
import json
import logging
import os
import random
import re
import secrets
import socket
import string
import subprocess
import tempfile
import threading
import time
import traceback
import typing
import urllib.parse
import urllib.request
import uuid
import xml.etree.ElementTree

import boto3
import botocore.exceptions
import botocore.loaders
import dateutil.tz
import jmespath

import keyhole_db
from _keyhole import context, host, loop, marshal, output, runtime, walls
